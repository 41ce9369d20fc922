static class Fib
{
    static int Calc(int n)
    {
        if (n < 2)
            return n;
        return Calc(n - 1) + Calc(n - 2);
    }

    public static string Run(string[] args)
    {
        int n = args.Length > 0 ? int.Parse(args[0]) : 38;
        return Calc(n).ToString();
    }
}
