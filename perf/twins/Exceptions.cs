namespace Twins;

internal static class Exceptions
{
    private sealed class Fault(int code) : Exception
    {
        public int code = code;
    }

    private static int Check(int depth, int i)
    {
        if (depth > 0)
            return Check(depth - 1, i) + 1;
        if (i % 3 == 0)
            throw new Fault(i);
        return i;
    }

    public static int Run(int n)
    {
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            try
            {
                sum += Check(3, i);
            }
            catch (Fault f)
            {
                sum ^= f.code;
            }
        }
        return sum;
    }
}
