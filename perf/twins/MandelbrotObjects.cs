namespace Twins;

internal static class MandelbrotObjects
{
    private sealed class ComplexNumber(double re, double im)
    {
        public double re = re;
        public double im = im;

        public ComplexNumber Add(ComplexNumber c) => new ComplexNumber(re + c.re, im + c.im);

        public ComplexNumber Square() => new ComplexNumber(re * re - im * im, 2 * re * im);

        public double Length2() => re * re + im * im;
    }

    public static int Run(int n)
    {
        int sum = 0;
        for (int py = 0; py < n; py++)
            for (int px = 0; px < n; px++)
            {
                var c = new ComplexNumber(px * 3.0 / n - 2, py * 2.0 / n - 1);
                var z = new ComplexNumber(0, 0);
                int i = 0;
                while (z.Length2() < 4 && i < 200)
                {
                    z = z.Square().Add(c);
                    i++;
                }
                sum = sum * 31 + i;
            }
        return sum;
    }
}
