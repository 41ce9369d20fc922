namespace Twins;

internal static class InterfaceCalls
{
    private interface ICounter
    {
        int Step { get; }

        int Next(int by);
    }

    private class Plain : ICounter
    {
        public int Step { get; } = 1;

        private int count;

        public int Next(int by)
        {
            count += by;
            return count;
        }
    }

    private class Mixing : ICounter
    {
        public int Step { get; } = 2;

        private int state = 17;

        public int Next(int by)
        {
            state = state * 31 ^ by;
            return state;
        }
    }

    private static int Drive(ICounter counter, int times)
    {
        int sum = 0;
        for (int i = 0; i < times; i++)
            sum ^= counter.Next(i) + counter.Step;
        return sum;
    }

    public static int Run(int n)
    {
        var counters = new List<ICounter>();
        for (int i = 0; i < 100; i++)
            counters.Add(i % 2 == 0 ? new Plain() : new Mixing());
        int sum = 0;
        for (int i = 0; i < n; i++)
            foreach (ICounter counter in counters)
                sum += Drive(counter, 100);
        return sum;
    }
}
