namespace Twins;

internal static class Closures
{
    private static Func<int, int> Compose(Func<int, int> f, Func<int, int> g)
    {
        return x => g(f(x));
    }

    private static int Fold(List<int> list, Func<int, int, int> f, int start)
    {
        int result = start;
        foreach (int item in list)
            result = f(result, item);
        return result;
    }

    private static int Twice(int x) => x * 2;

    public static int Run(int n)
    {
        var list = new List<int>();
        for (int i = 0; i < 1000; i++)
            list.Add(i);
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            int pass = i;
            Func<int, int> add = x => x + pass;
            Func<int, int> both = Compose(add, Twice);
            int seen = 0;
            for (int k = 0; k < 1000; k++)
                seen += both(k);
            List<int> large = list.ConvertAll(x => x * pass).FindAll(x => x % 3 == 0);
            sum += Fold(large, (a, b) => a * 31 + b, seen);
        }
        return sum;
    }
}
