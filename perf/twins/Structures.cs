namespace Twins;

internal static class Structures
{
    private sealed class Particle
    {
        public double X { get; set; }

        public double Y { get; set; }

        public int Hits { get; set; }
    }

    private static void Move(Particle p, double by)
    {
        p.X += by;
        p.Y -= by * 0.5;
        if (p.X > 100)
        {
            p.X -= 100;
            p.Hits++;
        }
    }

    public static int Run(int n)
    {
        var particles = new List<Particle>();
        for (int i = 0; i < 1000; i++)
            particles.Add(new Particle { X = i * 0.25, Y = 0.0, Hits = 0 });
        int sum = 0;
        for (int pass = 0; pass < n; pass++)
        {
            foreach (Particle particle in particles)
                Move(particle, 1.5);
            var middle = new Particle { X = 0.0, Y = 0.0, Hits = pass };
            foreach (Particle particle in particles)
            {
                middle.X += particle.X;
                middle.Hits += particle.Hits;
            }
            sum = sum * 31 + (int)middle.X + middle.Hits;
        }
        return sum;
    }
}
