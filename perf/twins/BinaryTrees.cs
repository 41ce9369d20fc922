static class BinaryTrees
{
    sealed class Node
    {
        public Node? left;
        public Node? right;

        public Node(Node? left, Node? right)
        {
            this.left = left;
            this.right = right;
        }

        public int Check()
        {
            if (left == null)
                return 1;
            return 1 + left.Check() + right!.Check();
        }
    }

    static Node Build(int depth)
    {
        if (depth == 0)
            return new Node(null, null);
        return new Node(Build(depth - 1), Build(depth - 1));
    }

    public static string Run(string[] args)
    {
        int n = args.Length > 0 ? int.Parse(args[0]) : 16;
        int minDepth = 4;
        int maxDepth = n < minDepth + 2 ? minDepth + 2 : n;
        int sum = Build(maxDepth + 1).Check();
        Node longLived = Build(maxDepth);
        int depth = minDepth;
        while (depth <= maxDepth)
        {
            int iterations = 1 << (maxDepth - depth + minDepth);
            int check = 0;
            for (int i = 0; i < iterations; i++)
                check += Build(depth).Check();
            sum = unchecked(sum * 31) ^ (check + depth);
            depth += 4;
        }
        sum = unchecked(sum + longLived.Check());
        return sum.ToString();
    }
}
