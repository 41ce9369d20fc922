namespace Twins;

internal static class IntArrays
{
    public static int Run(int n)
    {
        int sum = 0;
        var a = new List<int>();
        for (int i = 0; i < n; i++)
            a.Add(i * 7 + (i >> 3));

        for (int pass = 0; pass < 10; pass++)
        {
            for (int i = 1; i < n; i++)
                a[i] = a[i] + a[i - 1];
            for (int i = 0; i < n; i++)
                a[i] = a[i] ^ (a[n - 1 - i] >>> 1);
            for (int i = 0; i < a.Count; i++)
                sum = sum * 31 + a[i];
        }

        var composite = new List<int>();
        for (int i = 0; i < n; i++)
            composite.Add(0);
        int primes = 0;
        for (int i = 2; i < n; i++)
        {
            if (composite[i] == 0)
            {
                primes++;
                int j = i + i;
                while (j < n)
                {
                    composite[j] = 1;
                    j += i;
                }
            }
        }

        int max = a[0];
        foreach (int v in a)
            if (v > max)
                max = v;
        return (sum ^ max) + primes;
    }
}
