namespace Twins;

internal static class Sorting
{
    private sealed class Item(int key, string name)
    {
        public int key = key;
        public string name = name;
    }

    private static int seed;

    private static int Random()
    {
        seed = seed * 1103515245 + 12345;
        return seed >>> 8;
    }

    private static void Quick(List<int> a, int lo, int hi)
    {
        int i = lo, j = hi, pivot = a[(lo + hi) >> 1];
        while (i <= j)
        {
            while (a[i] < pivot)
                i++;
            while (a[j] > pivot)
                j--;
            if (i <= j)
            {
                int t = a[i];
                a[i++] = a[j];
                a[j--] = t;
            }
        }
        if (lo < j)
            Quick(a, lo, j);
        if (i < hi)
            Quick(a, i, hi);
    }

    public static int Run(int n)
    {
        seed = 42;
        int sum = 0;
        var a = new List<int>();
        for (int i = 0; i < n; i++)
            a.Add(Random());
        Quick(a, 0, n - 1);
        for (int i = 0; i < n; i++)
            sum = sum * 31 + a[i];
        var b = new List<int>();
        for (int i = 0; i < n; i++)
            b.Add(Random());
        b.Sort((x, y) => x - y);
        for (int i = 0; i < n; i++)
            sum = sum * 31 + b[i];
        var items = new List<Item>();
        for (int i = 0; i < n; i++)
            items.Add(new Item(Random(), "item"));
        items.Sort((x, y) => x.key - y.key);
        foreach (Item item in items)
            sum = sum * 31 + item.key;
        return sum;
    }
}
