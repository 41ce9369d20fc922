namespace Twins;

internal static class Int64s
{
    private static long Next(long x)
    {
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
        return x;
    }

    public static int Run(int n)
    {
        long state = 0x12345678L << 32 | 0x9ABCDEF0L;
        long sum = 0;
        long divisor = 1000003;
        for (int i = 0; i < n; i++)
        {
            state = Next(state);
            sum = sum * 31 + state;
            if (state > sum)
                sum += i;
            if (i % 16 == 0)
                sum -= state / divisor;
        }
        return (int)(sum >> 32) ^ (int)sum;
    }
}
