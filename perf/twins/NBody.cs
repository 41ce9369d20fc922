namespace Twins;

internal static class NBody
{
    private sealed class Body(double x, double y, double z, double vx, double vy, double vz, double mass)
    {
        public double x = x;
        public double y = y;
        public double z = z;
        public double vx = vx;
        public double vy = vy;
        public double vz = vz;
        public double mass = mass;
    }

    private static void Advance(List<Body> bodies, double dt)
    {
        for (int i = 0; i < bodies.Count; i++)
        {
            Body a = bodies[i];
            for (int j = i + 1; j < bodies.Count; j++)
            {
                Body b = bodies[j];
                double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
                double d2 = dx * dx + dy * dy + dz * dz;
                double mag = dt / (d2 * Math.Sqrt(d2));
                a.vx -= dx * b.mass * mag;
                a.vy -= dy * b.mass * mag;
                a.vz -= dz * b.mass * mag;
                b.vx += dx * a.mass * mag;
                b.vy += dy * a.mass * mag;
                b.vz += dz * a.mass * mag;
            }
        }
        foreach (Body body in bodies)
        {
            body.x += dt * body.vx;
            body.y += dt * body.vy;
            body.z += dt * body.vz;
        }
    }

    private static double Energy(List<Body> bodies)
    {
        double e = 0.0;
        for (int i = 0; i < bodies.Count; i++)
        {
            Body a = bodies[i];
            e += 0.5 * a.mass * (a.vx * a.vx + a.vy * a.vy + a.vz * a.vz);
            for (int j = i + 1; j < bodies.Count; j++)
            {
                Body b = bodies[j];
                double dx = a.x - b.x, dy = a.y - b.y, dz = a.z - b.z;
                e -= a.mass * b.mass / Math.Sqrt(dx * dx + dy * dy + dz * dz);
            }
        }
        return e;
    }

    public static int Run(int n)
    {
        List<Body> bodies =
        [
            new Body(0, 0, 0, 0, 0, 0, 39.5),
            new Body(4.84, -1.16, -0.10, 0.6, 2.8, -0.02, 0.038),
            new Body(8.34, 4.12, -0.4, -1.01, 1.82, 0.008, 0.011),
            new Body(12.89, -15.11, -0.22, 1.08, 0.86, -0.01, 0.0017),
            new Body(15.37, -25.9, 0.17, 0.97, 0.59, -0.03, 0.002),
        ];
        for (int i = 0; i < n; i++)
            Advance(bodies, 0.001);
        return (int)(Energy(bodies) * 1e6);
    }
}
