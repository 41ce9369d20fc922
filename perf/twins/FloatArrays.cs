namespace Twins;

internal static class FloatArrays
{
    private static double Dot(List<double> a, List<double> b)
    {
        double sum = 0.0;
        for (int i = 0; i < a.Count; i++)
            sum += a[i] * b[i];
        return sum;
    }

    public static int Run(int n)
    {
        var a = new List<double>();
        var b = new List<double>();
        for (int i = 0; i < n; i++)
        {
            a.Add(i * 0.5);
            b.Add((n - i) * 0.25);
        }
        double total = 0.0;
        for (int pass = 0; pass < 20; pass++)
        {
            for (int i = 0; i < n; i++)
                a[i] = a[i] * 0.5 + b[i];
            for (int i = 1; i < n - 1; i++)
                b[i] = (b[i - 1] + b[i] + b[i + 1]) / 3;
            total += Dot(a, b) / n / n;
        }
        return (int)total + a.Count;
    }
}
