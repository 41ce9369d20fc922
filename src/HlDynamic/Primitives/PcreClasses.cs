using System.Text;

namespace HlDynamic.Primitives;

/// <summary>A named set in a character class: what stands for it in a .NET class, and whether it is the other characters.</summary>
internal readonly record struct PcreClassItem(string Content, bool Negated);

/// <summary>A character class that is being translated.</summary>
internal sealed class PcreClass(bool negated)
{
    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private readonly StringBuilder content = new();

    // What a .NET class cannot hold: pairs of surrogates, and all but the characters of a set.
    private readonly List<string> others = [];
    private bool hasPairs;

    public PcreClass Add(PcreClassItem item)
    {
        if (!item.Negated)
            content.Append(item.Content);
        else
        {
            hasPairs = true;
            if (item.Content is @"\d" or @"\s")
                content.Append(item.Content.ToUpperInvariant());
            else
                others.Add($"[^{item.Content}]");
        }
        return this;
    }

    /// <summary>Adds the characters from one code point to another.</summary>
    public void Add(int low, int high)
    {
        if (low <= 0xFFFF)
        {
            Append((char)low);
            if (high > low)
            {
                content.Append('-');
                Append((char)Math.Min(high, 0xFFFF));
            }
        }
        for (int start = Math.Max(low, 0x10000); start <= high;)
        {
            // All that have the same first half.
            int end = Math.Min(high, start | 0x3FF);
            string first = char.ConvertFromUtf32(start), last = char.ConvertFromUtf32(end);
            others.Add($"{Unit(first[0])}[{Unit(first[1])}-{Unit(last[1])}]");
            start = end + 1;
        }
    }

    /// <summary>The class as .NET pattern.</summary>
    /// <param name="wide">Whether a pair of surrogates is one character.</param>
    public string ToPattern(bool wide)
    {
        string set = content.ToString();
        if (!negated)
        {
            var choices = new List<string>(others);
            if (wide && hasPairs)
                choices.Insert(0, AnyPair);
            if (set.Length > 0)
                choices.Add($"[{set}]");
            return choices.Count switch { 0 => "(?!)", 1 => Group(choices[0]), _ => Group(string.Join('|', choices)) };
        }
        string all = wide
            ? hasPairs ? $@"[^{set}\uD800-\uDFFF]" : $@"(?:[^{set}\uD800-\uDFFF]|{AnyPair})"
            : set.Length > 0 ? $"[^{set}]" : @"[\s\S]";
        return others.Count == 0 ? all : $"(?:(?!{string.Join('|', others)}){all})";
    }

    private string Group(string choice) => others.Count == 0 && !choice.Contains('|') && choice[0] == '[' ? choice : $"(?:{choice})";

    private static string Unit(char c) => $@"\u{(int)c:X4}";

    private void Append(char c)
    {
        if (c is '\\' or ']' or '[' or '^' or '-' || c < ' ' || char.IsSurrogate(c))
            content.Append(Unit(c));
        else
            content.Append(c);
    }
}

/// <summary>The sets of characters that PCRE has names for, as the content of .NET classes.</summary>
internal static class PcreClasses
{
    private const string Word = @"\p{L}\p{N}_";

    private static readonly Dictionary<string, string> PosixSets = new(StringComparer.Ordinal)
    {
        ["alpha"] = @"\p{L}",
        ["digit"] = @"\d",
        ["alnum"] = @"\p{L}\p{N}",
        ["upper"] = @"\p{Lu}",
        ["lower"] = @"\p{Ll}",
        ["space"] = @"\s",
        ["blank"] = @"\t\p{Zs}",
        ["cntrl"] = @"\p{Cc}",
        ["punct"] = @"\p{P}$+<=>\u005E`|~",
        ["graph"] = @"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}",
        ["print"] = @"\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Zs}",
        ["word"] = Word,
        ["xdigit"] = "0-9A-Fa-f",
        ["ascii"] = @"\u0000-\u007F",
    };

    // Scripts, as far as they lie in the basic plane.
    private static readonly Dictionary<string, string> Properties = new(StringComparer.Ordinal)
    {
        ["Any"] = @"\u0000-\uFFFF",
        ["L&"] = @"\p{Lu}\p{Ll}\p{Lt}",
        ["Xan"] = @"\p{L}\p{N}",
        ["Xsp"] = @"\s",
        ["Xps"] = @"\s",
        ["Xwd"] = Word,
        ["Latin"] = @"A-Za-z\u00AA\u00BA\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02B8\u02E0-\u02E4\u1D00-\u1D25\u1D2C-\u1D5C\u1D62-\u1D65\u1D6B-\u1D77\u1D79-\u1DBE\u1E00-\u1EFF\u2071\u207F\u2090-\u209C\u212A\u212B\u2132\u214E\u2160-\u2188\u2C60-\u2C7F\uA722-\uA787\uA78B-\uA7CA\uA7F2-\uA7FF\uAB30-\uAB5A\uAB5C-\uAB64\uFB00-\uFB06\uFF21-\uFF3A\uFF41-\uFF5A",
        ["Greek"] = @"\u0370-\u0373\u0375-\u0377\u037A-\u037D\u037F\u0384\u0386\u0388-\u03E1\u03F0-\u03FF\u1D26-\u1D2A\u1F00-\u1FFE\u2126",
        ["Cyrillic"] = @"\u0400-\u0484\u0487-\u052F\u1C80-\u1C88\u1D2B\u1D78\u2DE0-\u2DFF\uA640-\uA69F\uFE2E\uFE2F",
        ["Armenian"] = @"\u0531-\u0556\u0559-\u058A\u058D-\u058F\uFB13-\uFB17",
        ["Hebrew"] = @"\u0591-\u05C7\u05D0-\u05EA\u05EF-\u05F4\uFB1D-\uFB4F",
        ["Arabic"] = @"\u0600-\u0604\u0606-\u060B\u060D-\u061A\u061C-\u061E\u0620-\u063F\u0641-\u064A\u0656-\u066F\u0671-\u06DC\u06DE-\u06FF\u0750-\u077F\u08A0-\u08FF\uFB50-\uFDFF\uFE70-\uFEFC",
        ["Devanagari"] = @"\u0900-\u0950\u0955-\u0963\u0966-\u097F\uA8E0-\uA8FF",
        ["Thai"] = @"\u0E01-\u0E3A\u0E40-\u0E5B",
        ["Georgian"] = @"\u10A0-\u10FA\u10FC-\u10FF\u1C90-\u1CBF\u2D00-\u2D2D",
        ["Hangul"] = @"\u1100-\u11FF\u302E\u302F\u3131-\u318E\u3200-\u321E\u3260-\u327E\uA960-\uA97C\uAC00-\uD7FB\uFFA0-\uFFDC",
        ["Hiragana"] = @"\u3041-\u3096\u309D-\u309F",
        ["Katakana"] = @"\u30A1-\u30FA\u30FD-\u30FF\u31F0-\u31FF\u32D0-\u32FE\u3300-\u3357\uFF66-\uFF6F\uFF71-\uFF9D",
        ["Han"] = @"\u2E80-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAD9",
    };

    /// <summary>What <c>\w</c>, <c>\D</c> and their kind stand for.</summary>
    public static PcreClassItem Escape(char letter) => new(char.ToLowerInvariant(letter) switch
    {
        'w' => Word,
        'h' => @"\t\u180E\p{Zs}",
        'v' => @"\n\v\f\r\u0085\u2028\u2029",
        char other => $@"\{other}",
    }, char.IsAsciiLetterUpper(letter));

    /// <summary>What <c>[:name:]</c> stands for, or null.</summary>
    public static PcreClassItem? Posix(string name, bool negated) =>
        PosixSets.TryGetValue(name, out string? set) ? new PcreClassItem(set, negated) : null;

    /// <summary>What <c>\p{name}</c> stands for, or null.</summary>
    public static PcreClassItem? Property(string name, bool negated)
    {
        name = name.Trim();
        if (Properties.TryGetValue(name, out string? set))
            return new PcreClassItem(set, negated);
        return name is { Length: 1 } && "LMNPSZC".Contains(name[0]) || IsCategory(name) ? new PcreClassItem($@"\p{{{name}}}", negated) : null;
    }

    private static bool IsCategory(string name) => name is "Lu" or "Ll" or "Lt" or "Lm" or "Lo" or "Mn" or "Mc" or "Me" or "Nd" or "Nl" or "No"
        or "Pc" or "Pd" or "Ps" or "Pe" or "Pi" or "Pf" or "Po" or "Sm" or "Sc" or "Sk" or "So" or "Zs" or "Zl" or "Zp"
        or "Cc" or "Cf" or "Cs" or "Co" or "Cn";
}
