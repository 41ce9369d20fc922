using System.Collections.Generic;

static class IntArray
{
    public static string Run(string[] args)
    {
        unchecked
        {
            int size = args.Length > 0 ? int.Parse(args[0]) : 2000000;
            int passes = 20;
            int sum = 0;

            var a = new List<int>();
            for (int i = 0; i < size; i++)
                a.Add(i * 7 + (i >> 3));

            for (int pass = 0; pass < passes; pass++)
            {
                for (int i = 1; i < size; i++)
                    a[i] = a[i] + a[i - 1];
                for (int i = 0; i < size; i++)
                    a[i] = a[i] ^ (int)((uint)a[size - 1 - i] >> 1);
                for (int i = 0; i < a.Count; i++)
                    sum = sum * 31 + a[i];
            }

            var composite = new List<int>();
            for (int i = 0; i < size; i++)
                composite.Add(0);
            int primes = 0;
            for (int i = 2; i < size; i++)
            {
                if (composite[i] == 0)
                {
                    primes++;
                    int j = i + i;
                    while (j < size)
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

            return ((sum ^ max) + primes).ToString();
        }
    }
}
