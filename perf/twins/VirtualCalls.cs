namespace Twins;

internal static class VirtualCalls
{
    private class Shape
    {
        public virtual int Area(int scale) => 0;

        public virtual int Corners() => 0;
    }

    private class Square(int side) : Shape
    {
        protected readonly int side = side;

        public override int Area(int scale) => side * side * scale;

        public override int Corners() => 4;
    }

    private class Oblong(int side, int other) : Square(side)
    {
        private readonly int other = other;

        public override int Area(int scale) => side * other * scale;
    }

    private class Disc(int radius) : Shape
    {
        private readonly int radius = radius;

        public override int Area(int scale) => 3 * radius * radius * scale;
    }

    public static int Run(int n)
    {
        var shapes = new List<Shape>();
        for (int i = 0; i < 1000; i++)
            switch (i % 3)
            {
                case 0:
                    shapes.Add(new Square(i));
                    break;
                case 1:
                    shapes.Add(new Oblong(i, i + 1));
                    break;
                default:
                    shapes.Add(new Disc(i));
                    break;
            }
        int sum = 0;
        for (int pass = 0; pass < n; pass++)
            foreach (Shape shape in shapes)
                sum += shape.Area(pass) ^ shape.Corners();
        return sum;
    }
}
