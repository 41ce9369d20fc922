using System.Dynamic;

namespace Twins;

internal static class DynamicAccess
{
    public sealed class Account
    {
        public int balance;
        public double rate;
        public string owner;

        public Account(string owner)
        {
            this.owner = owner;
            balance = 100;
            rate = 1.5;
        }

        public int deposit(int amount)
        {
            balance += amount;
            return balance;
        }
    }

    public static int Run(int n)
    {
        dynamic account = new Account("Ann");
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            account.balance = account.balance + i;
            sum ^= account.deposit(3);
            account.rate = account.rate * 0.5 + 1;
            if (account.owner == "Ann")
                sum++;
        }
        dynamic bag = new ExpandoObject();
        bag.count = 0;
        bag.name = "bag";
        for (int i = 0; i < n; i++)
        {
            bag.count = bag.count + i;
            sum += bag.count;
        }
        return sum + (int)(account.rate * 100);
    }
}
