namespace HlDynamic.Runtime;

/// <summary>Finds the names that a misspelt one may have meant, for error messages.</summary>
internal static class NearestNames
{
    private const int MaxSuggestions = 3;

    /// <summary>The candidates that differ least from <paramref name="name"/>, if they do not differ much.</summary>
    public static string[] Find(string name, IEnumerable<string> candidates)
    {
        int allowed = Math.Max(1, name.Length / 3);
        return [.. candidates.Distinct(StringComparer.Ordinal)
            .GroupBy(candidate => Distance(name, candidate))
            .Where(g => g.Key <= allowed)
            .MinBy(g => g.Key)?.Order(StringComparer.Ordinal).Take(MaxSuggestions) ?? []];
    }

    /// <summary>" Did you mean …?", or nothing.</summary>
    public static string Suggest(IReadOnlyList<string> nearest) =>
        nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", nearest)}?";

    // Levenshtein's distance, which takes letters that differ in case as the same; names that differ in case alone are at distance 1.
    private static int Distance(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.OrdinalIgnoreCase))
            return a == b ? 0 : 1;
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = previous[j - 1] + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
