namespace Twins;

internal static class Allocation
{
    private sealed class Node(Node? left, Node? right)
    {
        private readonly Node? left = left;
        private readonly Node? right = right;

        public int Check()
        {
            if (left == null)
                return 1;
            return 1 + left.Check() + right!.Check();
        }
    }

    private static Node Build(int depth)
    {
        if (depth == 0)
            return new Node(null, null);
        return new Node(Build(depth - 1), Build(depth - 1));
    }

    public static int Run(int n)
    {
        int sum = 0;
        Node kept = Build(n);
        for (int i = 0; i < 40; i++)
            sum = sum * 31 + Build(n - i % 4).Check();
        return sum + kept.Check();
    }
}
