namespace Twins;

internal static class Strings
{
    private static int Hash(string s)
    {
        int h = 5381;
        for (int i = 0; i < s.Length; i++)
            h = h * 33 ^ s[i];
        return h;
    }

    private static int Vowels(string s)
    {
        int count = 0;
        for (int i = 0; i < s.Length; i++)
            switch (s.Substring(i, 1))
            {
                case "a" or "e" or "i" or "o" or "u":
                    count++;
                    break;
            }
        return count;
    }

    public static int Run(int n)
    {
        string text = "the quick brown fox jumps over the lazy dog";
        int sum = 0;
        for (int i = 0; i < n; i++)
        {
            string line = text + " " + i + " times";
            foreach (string word in line.Split(" "))
            {
                if (word == "times" || string.CompareOrdinal(word, "dog") < 0)
                    sum++;
                sum = sum * 31 + Hash(word);
            }
            sum += line.IndexOf("lazy", StringComparison.Ordinal) + line.LastIndexOf("the", StringComparison.Ordinal);
            sum ^= Hash(line.Substring(4, 15).ToUpperInvariant());
            sum += Vowels(line);
            sum += line[i % line.Length];
        }
        return sum;
    }
}
