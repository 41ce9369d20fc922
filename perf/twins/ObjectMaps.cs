namespace Twins;

internal static class ObjectMaps
{
    private sealed class Key(int id)
    {
        public int id = id;
    }

    public static int Run(int n)
    {
        var keys = new List<Key>();
        for (int i = 0; i < n; i++)
            keys.Add(new Key(i));
        var map = new Dictionary<Key, int>();
        int sum = 0;
        foreach (Key key in keys)
            map[key] = key.id;
        for (int pass = 0; pass < 5; pass++)
            foreach (Key key in keys)
                map[key] = map[key] * 3 + pass;
        foreach ((Key key, int value) in map)
            sum += key.id ^ value;
        return sum;
    }
}
