namespace Twins;

internal static class Calls
{
    private static int Fib(int n)
    {
        if (n < 2)
            return n;
        return Fib(n - 1) + Fib(n - 2);
    }

    public static int Run(int n)
    {
        return Fib(n);
    }
}
