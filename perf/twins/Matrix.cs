namespace Twins;

internal static class Matrix
{
    private static List<List<double>> Make(int n, int seed)
    {
        var rows = new List<List<double>>();
        for (int i = 0; i < n; i++)
        {
            var row = new List<double>();
            for (int j = 0; j < n; j++)
                row.Add((i * seed + j) % 10 * 0.5);
            rows.Add(row);
        }
        return rows;
    }

    private static List<List<double>> Multiply(List<List<double>> a, List<List<double>> b, int n)
    {
        List<List<double>> result = Make(n, 0);
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0.0;
                for (int k = 0; k < n; k++)
                    sum += a[i][k] * b[k][j];
                result[i][j] = sum;
            }
        return result;
    }

    public static int Run(int n)
    {
        List<List<double>> c = Multiply(Make(n, 3), Make(n, 7), n);
        double trace = 0.0;
        for (int i = 0; i < n; i++)
            trace += c[i][i];
        return (int)trace;
    }
}
