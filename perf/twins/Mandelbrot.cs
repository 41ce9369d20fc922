namespace Twins;

internal static class Mandelbrot
{
    public static int Run(int n)
    {
        int sum = 0;
        for (int py = 0; py < n; py++)
            for (int px = 0; px < n; px++)
            {
                double cx = px * 3.0 / n - 2, cy = py * 2.0 / n - 1;
                double x = 0.0, y = 0.0;
                int i = 0;
                while (x * x + y * y < 4 && i < 200)
                {
                    double t = x * x - y * y + cx;
                    y = 2 * x * y + cy;
                    x = t;
                    i++;
                }
                sum = sum * 31 + i;
            }
        return sum;
    }
}
