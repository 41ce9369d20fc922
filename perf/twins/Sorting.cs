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

    // Haxe sorts objects stably and in place, in Haxe: by insertion, then by merging with rotations. So does this.
    private static void Sort<T>(List<T> list, Comparison<T> compare) => Sort(list, compare, 0, list.Count);

    private static void Sort<T>(List<T> list, Comparison<T> compare, int from, int to)
    {
        int middle = (from + to) >> 1;
        if (to - from < 12)
        {
            for (int i = from + 1; i < to; i++)
                for (int j = i; j > from && compare(list[j], list[j - 1]) < 0; j--)
                    (list[j - 1], list[j]) = (list[j], list[j - 1]);
            return;
        }
        Sort(list, compare, from, middle);
        Sort(list, compare, middle, to);
        Merge(list, compare, from, middle, to, middle - from, to - middle);
    }

    private static void Merge<T>(List<T> list, Comparison<T> compare, int from, int middle, int to, int left, int right)
    {
        if (left == 0 || right == 0)
            return;
        if (left + right == 2)
        {
            if (compare(list[middle], list[from]) < 0)
                (list[middle], list[from]) = (list[from], list[middle]);
            return;
        }
        int leftCut, rightCut, leftPart, rightPart;
        if (left > right)
        {
            leftPart = left >> 1;
            leftCut = from + leftPart;
            rightCut = Bound(list, compare, middle, to, leftCut, isUpper: false);
            rightPart = rightCut - middle;
        }
        else
        {
            rightPart = right >> 1;
            rightCut = middle + rightPart;
            leftCut = Bound(list, compare, from, middle, rightCut, isUpper: true);
            leftPart = leftCut - from;
        }
        Rotate(list, leftCut, middle, rightCut);
        int newMiddle = leftCut + rightPart;
        Merge(list, compare, from, leftCut, newMiddle, leftPart, rightPart);
        Merge(list, compare, newMiddle, rightCut, to, left - leftPart, right - rightPart);
    }

    private static void Rotate<T>(List<T> list, int from, int middle, int to)
    {
        list.Reverse(from, middle - from);
        list.Reverse(middle, to - middle);
        list.Reverse(from, to - from);
    }

    private static int Bound<T>(List<T> list, Comparison<T> compare, int from, int to, int value, bool isUpper)
    {
        int length = to - from;
        while (length > 0)
        {
            int half = length >> 1, middle = from + half;
            if (isUpper ? compare(list[value], list[middle]) < 0 : compare(list[middle], list[value]) >= 0)
            {
                length = half;
            }
            else
            {
                from = middle + 1;
                length -= half + 1;
            }
        }
        return from;
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
        Sort(items, (x, y) => x.key - y.key);
        foreach (Item item in items)
            sum = sum * 31 + item.key;
        return sum;
    }
}
