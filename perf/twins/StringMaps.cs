namespace Twins;

internal static class StringMaps
{
    public static int Run(int n)
    {
        var words = new List<string>();
        for (int i = 0; i < n; i++)
            words.Add("word" + (i * 31 % n));
        var map = new Dictionary<string, int>();
        int sum = 0;
        for (int pass = 0; pass < 5; pass++)
            foreach (string word in words)
                map[word] = map.ContainsKey(word) ? map[word] + 1 : 1;
        foreach (string word in words)
            sum = sum * 31 + map[word];
        foreach ((string key, int value) in map)
            sum += key.Length + value;
        return sum;
    }
}
