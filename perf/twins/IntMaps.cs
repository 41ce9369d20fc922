namespace Twins;

internal static class IntMaps
{
    public static int Run(int n)
    {
        var map = new Dictionary<int, int>();
        int sum = 0;
        for (int i = 0; i < n; i++)
            map[i * 7919 & 0xFFFFF] = i;
        for (int pass = 0; pass < 5; pass++)
        {
            for (int i = 0; i < n; i++)
            {
                int key = i * 7919 & 0xFFFFF;
                if (map.ContainsKey(key))
                    map[key] = map[key] + pass;
            }
            for (int i = 0; i < 1000; i++)
                map.Remove(i * 7919 & 0xFFFFF);
        }
        foreach ((int key, int value) in map)
            sum += key ^ value;
        return sum;
    }
}
