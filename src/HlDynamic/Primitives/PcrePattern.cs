using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>
/// Translates a regular expression from PCRE's language, with the options HashLink gives it, to .NET's. What differs:
/// groups are numbered in order even if they have names, an empty class matches nothing, a reference to a group that
/// took no part matches nothing, possessive quantifiers, <c>\h \R \K \Q…\E</c>, and in a text with characters outside
/// the basic plane such a character is one. Calls of groups
/// are written out; recursion has a counterpart only where it nests what brackets nest, and is an error elsewhere.
/// </summary>
internal sealed partial class PcrePattern
{
    /// <summary>If this group is part of a match, the match begins where the group is: at <c>\K</c>.</summary>
    public const string StartGroup = "start";

    private const string AnyPair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";
    private readonly bool wide;
    private readonly StringBuilder output = new();
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly bool numbersGroups;
    private int at;
    private int groups;
    private int highestReference;
    private bool multiline, dotAll, extended, lazyFirst, ignoreCase;

    /// <summary>Translates a pattern.</summary>
    /// <param name="source">The pattern.</param>
    /// <param name="options">Letters: i, s, m, u, and g for lazy quantifiers.</param>
    /// <param name="wide">Whether surrogate pairs are taken as one character.</param>
    /// <exception cref="HaxeException">The pattern is not valid or cannot be translated.</exception>
    public PcrePattern(string source, string options, bool wide)
    {
        Source = source;
        this.wide = wide;
        limit = source.Length;
        numbersGroups = source.Contains("(?|", StringComparison.Ordinal);
        Options = RegexOptions.CultureInvariant | (options.Contains('i') ? RegexOptions.IgnoreCase : RegexOptions.None);
        FindNames();
        Translate(options);
        // Calls can come before the groups they call, so these have to be known.
        if (hasCalls)
        {
            writesCalls = true;
            Translate(options);
        }
    }

    /// <summary>The pattern in PCRE's language.</summary>
    public string Source { get; }

    /// <summary>The pattern in .NET's language.</summary>
    public string Text => output.ToString();

    /// <summary>The options to match it with.</summary>
    public RegexOptions Options { get; }

    /// <summary>How many groups there are, the whole match counted.</summary>
    public int GroupCount => groups + 1;

    /// <summary>An error as HashLink words it.</summary>
    public static HaxeException Error(string message, string source) => HaxeError.Text($"Regexp compilation error : {message} in {source}");

    private HaxeException Error(string message) => Error(message, Source);

    private void Translate(string options)
    {
        at = groups = 0;
        output.Clear();
        multiline = options.Contains('m');
        dotAll = options.Contains('s');
        lazyFirst = options.Contains('g');
        ignoreCase = options.Contains('i');
        extended = false;
        SkipSettings();
        TranslateContent(0);
        if (at < Source.Length)
            throw Error("unmatched closing parenthesis");
        if (highestReference > groups)
            throw Error("reference to non-existent subpattern");
    }

    private bool AtEnd => at >= limit;

    private bool Accept(string text)
    {
        if (string.CompareOrdinal(Source, at, text, 0, text.Length) != 0)
            return false;
        at += text.Length;
        return true;
    }

    // References can come before the groups they name.
    private void FindNames()
    {
        int count = 0;
        for (int i = 0; i < Source.Length; i++)
        {
            if (Source[i] == '\\')
            {
                i++;
                continue;
            }
            if (Source[i] == '[')
            {
                int end = Source.IndexOf(']', i + 1);
                while (end > 0 && Source[end - 1] == '\\')
                    end = Source.IndexOf(']', end + 1);
                i = end < 0 ? Source.Length : end;
                continue;
            }
            if (Source[i] != '(' || i + 1 >= Source.Length || Source[i + 1] == '*')
                continue;
            if (Source[i + 1] != '?')
            {
                count++;
                continue;
            }
            int start = i + 2;
            if (start + 1 < Source.Length && Source[start] == '(' && Source[start + 1] != '?')
            {
                // A condition is no group.
                i = start;
                continue;
            }
            if (start < Source.Length && Source[start] == 'P')
                start++;
            if (start + 1 < Source.Length && Source[start] is '<' or '\'' && Source[start + 1] is not ('=' or '!'))
            {
                count++;
                int end = Source.IndexOf(Source[start] == '<' ? '>' : '\'', start + 1);
                if (end > 0)
                    names.TryAdd(Source[(start + 1)..end], count);
            }
        }
    }

    private void SkipSettings()
    {
        while (Accept("(*UTF)") || Accept("(*UTF16)") || Accept("(*UCP)") || Accept("(*LF)"))
        {
        }
    }

    private PcreScope TranslateAlternatives(bool resets)
    {
        int first = groups, most = groups;
        // Options that are set inside of a group end with it.
        PcreSettings saved = Settings;
        var scope = new PcreScope(saved, at, groups);
        for (;;)
        {
            scope.Alternatives.Add(TranslateSequence());
            most = Math.Max(most, groups);
            if (AtEnd || Source[at] != '|')
                break;
            at++;
            output.Append('|');
            if (resets)
                groups = first;
        }
        groups = most;
        Settings = saved;
        scope.End = at;
        return scope;
    }

    private List<PcreItem> TranslateSequence()
    {
        var items = new List<PcreItem>();
        while (!AtEnd && Source[at] is not ('|' or ')'))
        {
            if ((extended && SkipSpace()) || SkipComment())
                continue;
            int start = output.Length, from = at, groupsBefore = groups;
            (called, group, groupKind) = (null, null, "");
            bool repeats = TranslateAtom(out bool single);
            var item = new PcreItem(from, repeats, called, group, groupKind) { AtomEnd = at, FirstGroup = groupsBefore, GroupCount = groups - groupsBefore };
            if (repeats)
                TranslateQuantifiers(start, single);
            item.End = at;
            items.Add(item);
        }
        return items;
    }

    private bool SkipSpace()
    {
        char c = Source[at];
        if (char.IsWhiteSpace(c))
        {
            at++;
            return true;
        }
        if (c != '#')
            return false;
        int end = Source.IndexOf('\n', at);
        at = end < 0 ? Source.Length : end + 1;
        return true;
    }

    // False if there was nothing that a quantifier could follow: a comment or an option.
    private bool TranslateAtom(out bool single)
    {
        single = true;
        char c = Source[at++];
        switch (c)
        {
            case '(':
                return TranslateGroup();
            case '[':
                TranslateClass();
                return true;
            case '\\':
                return TranslateEscape(out single);
            case '.':
                output.Append(Dot(dotAll));
                return true;
            case '^':
                // No line begins after the last line end of the text.
                output.Append(multiline ? @"(?m:^(?!(?<=\n)\z))" : "^");
                return true;
            case '$':
                output.Append(multiline ? "(?m:$)" : "$");
                return true;
            case '*' or '+' or '?':
                throw Error("quantifier does not follow a repeatable item");
            case '{' when IsQuantifier(at - 1):
                throw Error("quantifier does not follow a repeatable item");
            default:
                single = !AppendLiteral(c);
                return true;
        }
    }

    private string Dot(bool all) => (wide, all) switch
    {
        (false, true) => "(?s:.)",
        (false, false) => ".",
        (true, true) => $@"(?:[^\uD800-\uDFFF]|{AnyPair})",
        (true, false) => $@"(?:[^\n\uD800-\uDFFF]|{AnyPair})",
    };

    // True if the character is a pair.
    private bool AppendLiteral(char c)
    {
        AppendEscaped(output, c);
        if (!char.IsHighSurrogate(c) || AtEnd || !char.IsLowSurrogate(Source[at]))
            return false;
        output.Append(Source[at++]);
        return true;
    }

    private static void AppendEscaped(StringBuilder target, char c)
    {
        if (@"\*+?|{}[]()^$.#- ".Contains(c))
            target.Append('\\').Append(c);
        else if (c < ' ')
            target.Append(@"\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        else
            target.Append(c);
    }

    private bool IsQuantifier(int position)
    {
        int i = position + 1, start = i;
        while (i < Source.Length && char.IsAsciiDigit(Source[i]))
            i++;
        if (i == start)
            return false;
        if (i < Source.Length && Source[i] == ',')
            while (++i < Source.Length && char.IsAsciiDigit(Source[i]))
            {
            }
        return i < Source.Length && Source[i] == '}';
    }

    private void TranslateQuantifiers(int start, bool single)
    {
        while (!AtEnd && ((extended && SkipSpace()) || SkipComment()))
        {
        }
        if (AtEnd)
            return;
        string quantifier;
        if (Source[at] is '*' or '+' or '?')
            quantifier = Source[at++].ToString();
        else if (Source[at] == '{' && IsQuantifier(at))
            quantifier = ReadCount();
        else
            return;
        if (!single)
        {
            output.Insert(start, "(?:");
            output.Append(')');
        }
        output.Append(quantifier);
        if (Accept("+"))
        {
            output.Insert(start, "(?>");
            output.Append(')');
        }
        else if (Accept("?") != lazyFirst)
            output.Append('?');
    }

    private string ReadCount()
    {
        const int Limit = 65535;
        int end = Source.IndexOf('}', at);
        string count = Source[at..(end + 1)];
        at = end + 1;
        string[] limits = count[1..^1].Split(',');
        foreach (string limit in limits)
            if (limit.Length > 5 || (limit.Length > 0 && int.Parse(limit, CultureInfo.InvariantCulture) > Limit))
                throw Error("number too big in {} quantifier");
        if (limits.Length == 2 && limits[1].Length > 0
            && int.Parse(limits[0], CultureInfo.InvariantCulture) > int.Parse(limits[1], CultureInfo.InvariantCulture))
            throw Error("numbers out of order in {} quantifier");
        return count;
    }

    private bool SkipComment()
    {
        if (!Accept("(?#"))
            return false;
        int end = Source.IndexOf(')', at);
        if (end < 0)
            throw Error("missing ) after (?# comment");
        at = end + 1;
        return true;
    }

    private bool TranslateGroup()
    {
        if (Accept("*F)") || Accept("*FAIL)"))
        {
            output.Append("(?!)");
            return true;
        }
        if (Accept("*"))
            throw Error("(*VERB) not recognized or malformed");
        int number = 0;
        string kind = "";
        if (!Accept("?"))
            number = OpenCapture();
        else if (Accept("|"))
        {
            output.Append("(?:");
            PcreScope alternatives = TranslateAlternatives(resets: true);
            Close();
            (called, group, groupKind) = (null, alternatives, "");
            return true;
        }
        else if (Accept(":"))
        {
            output.Append("(?:");
            kind = ":";
        }
        else if (Accept(">"))
            output.Append("(?>");
        else if (Accept("="))
            output.Append("(?=");
        else if (Accept("!"))
            output.Append("(?!");
        else if (Accept("<="))
            output.Append("(?<=");
        else if (Accept("<!"))
            output.Append("(?<!");
        else if (Accept("P="))
        {
            AppendReference(NumberOf(ReadName(')')));
            return true;
        }
        else if (Accept("P<") || Accept("<"))
        {
            ReadName('>');
            number = OpenCapture();
        }
        else if (Accept("'"))
        {
            ReadName('\'');
            number = OpenCapture();
        }
        else if (Accept("("))
            TranslateCondition();
        else if (ReadCall() is { } target)
        {
            TranslateCall(target);
            return true;
        }
        else
            return TranslateOptions();
        PcreScope scope = number > 0 ? TranslateContent(number) : TranslateAlternatives(resets: false);
        Close();
        (called, group, groupKind) = (null, scope, number > 0 ? "(" : kind);
        return true;
    }

    private bool IsAt(string text) => string.CompareOrdinal(Source, at, text, 0, text.Length) == 0;

    private int OpenCapture()
    {
        groups++;
        output.Append(OwnName(groups) is { } own ? $"(?<{own}>" : numbersGroups ? $"(?<{groups}>" : "(");
        return groups;
    }

    private void Close()
    {
        if (AtEnd)
            throw Error("missing closing parenthesis");
        at++;
        output.Append(')');
    }

    private string ReadName(char end)
    {
        int close = Source.IndexOf(end, at);
        if (close < 0)
            throw Error("syntax error in subpattern name (missing terminator?)");
        string name = Source[at..close];
        at = close + 1;
        return name;
    }

    private int NumberOf(string name)
    {
        if (names.TryGetValue(name, out int number))
            return number;
        if (int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && number != 0)
            return name[0] == '-' ? groups + 1 + number : name[0] == '+' ? groups + number : number;
        throw Error("reference to non-existent subpattern");
    }

    // The condition of (?(…)yes|no): a group, or an assertion.
    private void TranslateCondition()
    {
        if (IsAt("?"))
        {
            output.Append("(?");
            TranslateGroup();
            return;
        }
        string name = ReadName(')').Trim('<', '>', '\'');
        if (name == "DEFINE")
        {
            // What is there to be called alone never matches here.
            output.Append("(?:|(?!)");
            return;
        }
        if (name.StartsWith('R') && !names.ContainsKey(name))
            throw NoRecursion();
        int number = NumberOf(name);
        Refer(number);
        output.Append(CultureInfo.InvariantCulture, $"(?({NameOf(number)})");
    }

    // (?i) or (?i:…)
    private bool TranslateOptions()
    {
        PcreSettings saved = Settings;
        bool on = true;
        bool? ignores = null;
        for (; !AtEnd && Source[at] is not (')' or ':'); at++)
        {
            switch (Source[at])
            {
                case '^':
                    multiline = dotAll = extended = false;
                    ignores = false;
                    break;
                case '-':
                    on = false;
                    break;
                case 'i':
                    ignores = on;
                    break;
                case 'm':
                    multiline = on;
                    break;
                case 's':
                    dotAll = on;
                    break;
                case 'x':
                    extended = on;
                    break;
                case 'U':
                    lazyFirst = on;
                    break;
                case 'J':
                    break;
                default:
                    throw Error("unrecognized character after (? or (?-");
            }
        }
        if (AtEnd)
            throw Error("missing closing parenthesis");
        ignoreCase = ignores ?? ignoreCase;
        string letter = ignores switch { true => "i", false => "-i", null => "" };
        if (Source[at++] == ')')
        {
            if (letter.Length > 0)
                output.Append("(?").Append(letter).Append(')');
            return false;
        }
        output.Append("(?").Append(letter).Append(':');
        PcreScope scope = TranslateAlternatives(resets: false);
        Close();
        (called, group, groupKind) = (null, scope, "");
        Settings = saved;
        return true;
    }

    // A reference to a group that took no part matches nothing, as in JavaScript.
    private void AppendReference(int number)
    {
        if (number <= 0)
            throw Error("reference to non-existent subpattern");
        Refer(number);
        if (OwnName(number) is { } own)
            output.Append(CultureInfo.InvariantCulture, $@"(?({own})\k<{own}>|(?({number})\{number}))");
        else
            output.Append(CultureInfo.InvariantCulture, $@"(?({number})\{number})");
    }

    private bool TranslateEscape(out bool single)
    {
        single = true;
        if (AtEnd)
            throw Error(@"\ at end of pattern");
        char c = Source[at++];
        switch (c)
        {
            case >= '1' and <= '9' when ReadReference(c) is { } number:
                AppendReference(number);
                return true;
            case 'g' when Accept("<") || Accept("'"):
                TranslateCall(NumberOfCalled(ReadName(Source[at - 1] == '<' ? '>' : '\'')));
                return true;
            case 'g':
                AppendReference(NumberOf(Accept("{") ? ReadName('}') : ReadNumber()));
                return true;
            case 'k':
                AppendReference(NumberOf(ReadName(Accept("{") ? '}' : Accept("<") ? '>' : Accept("'") ? '\'' : throw Error(@"\k is not followed by a braced, angle-bracketed, or quoted name"))));
                return true;
            case 'A' or 'b' or 'B' or 'G' or 'z' or 'Z':
                output.Append('\\').Append(c);
                return true;
            case 'd' or 's':
                output.Append('\\').Append(c);
                return true;
            case 'w' or 'h' or 'v' or 'D' or 'S' or 'W' or 'H' or 'V':
                AppendClass(new PcreClass(negated: false).Add(PcreClasses.Escape(c)));
                return true;
            case 'N':
                output.Append(Dot(all: false));
                return true;
            case 'R':
                output.Append(@"(?>\r\n|[\n\v\f\r\u0085\u2028\u2029])");
                return true;
            case 'X':
                output.Append($@"(?>(?:{AnyPair}|\P{{M}})\p{{M}}*|\p{{M}}+)");
                return true;
            case 'K':
                output.Append($"(?<{StartGroup}>)");
                return true;
            case 'p' or 'P':
                AppendClass(new PcreClass(negated: false).Add(ReadProperty(c == 'P')));
                return true;
            case 'Q':
                int end = Source.IndexOf(@"\E", at, StringComparison.Ordinal);
                string literal = end < 0 ? Source[at..] : Source[at..end];
                at = end < 0 ? Source.Length : end + 2;
                foreach (char l in literal.AsSpan()[..Math.Max(0, literal.Length - 1)])
                    AppendEscaped(output, l);
                if (literal.Length == 0)
                    return false;
                // A quantifier would repeat the last character alone.
                if (!AtEnd && literal.Length > 1)
                    return TranslateLast(literal[^1]);
                AppendEscaped(output, literal[^1]);
                return true;
            case 'E':
                return false;
            default:
                single = !AppendLiteral(ReadCharacter(c));
                return true;
        }
    }

    private bool TranslateLast(char c)
    {
        int start = output.Length;
        AppendEscaped(output, c);
        TranslateQuantifiers(start, single: true);
        return false;
    }

    // Below 10 always a reference, above if there are so many groups yet; otherwise it is an octal number.
    private int? ReadReference(char first)
    {
        int end = at;
        while (end < Source.Length && char.IsAsciiDigit(Source[end]))
            end++;
        if (end - at > 5)
            throw Error("number is too big");
        int number = int.Parse(Source.AsSpan(at - 1, end - at + 1), CultureInfo.InvariantCulture);
        if (number >= 10 && first < '8' && number > groups)
            return null;
        at = end;
        return number;
    }

    private string ReadNumber()
    {
        int start = at;
        if (IsAt("-") || IsAt("+"))
            at++;
        while (!AtEnd && char.IsAsciiDigit(Source[at]))
            at++;
        return Source[start..at];
    }

    // The character an escape stands for, inside or outside of a class.
    private char ReadCharacter(char c)
    {
        switch (c)
        {
            case 'a':
                return '\a';
            case 'e':
                return '\u001B';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'c' when !AtEnd:
                return (char)(char.ToUpperInvariant(Source[at++]) ^ 0x40);
            case 'x':
                return ReadHex(2) ?? 'x';
            case 'u':
                return ReadHex(4) ?? 'u';
            case 'U':
                return 'U';
            case 'o' when Accept("{"):
                try
                {
                    return (char)Convert.ToInt32(ReadName('}'), 8);
                }
                catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
                {
                    throw Error(@"non-octal character in \o{} (closing brace missing?)");
                }
            case >= '0' and <= '7':
                int value = c - '0';
                for (int i = 0; i < 2 && !AtEnd && Source[at] is >= '0' and <= '7'; i++)
                    value = value * 8 + (Source[at++] - '0');
                return (char)value;
            default:
                if (char.IsAsciiLetterOrDigit(c))
                    throw Error(@"unrecognized character follows \");
                return c;
        }
    }

    private char? ReadHex(int digits)
    {
        if (at + digits > Source.Length || !ushort.TryParse(Source.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
            return null;
        at += digits;
        return (char)value;
    }

    private PcreClassItem ReadProperty(bool negated)
    {
        string name;
        if (Accept("{"))
        {
            name = ReadName('}');
            if (name.StartsWith('^'))
            {
                name = name[1..];
                negated = !negated;
            }
        }
        else
            name = AtEnd ? throw Error(@"malformed \P or \p sequence") : Source[at++].ToString();
        return PcreClasses.Property(name, negated) ?? throw Error(@"unknown property after \P or \p");
    }

    private void TranslateClass()
    {
        var result = new PcreClass(Accept("^"));
        bool literal = false;
        for (;;)
        {
            if (AtEnd)
                throw Error("missing terminating ] for character class");
            if (literal ? Accept(@"\E") : Accept(@"\Q"))
            {
                literal = !literal;
                continue;
            }
            if (!literal && Accept("]"))
                break;
            if (ReadClassItem(literal) is { } item)
            {
                result.Add(item);
                if (IsRange(literal))
                    throw Error("invalid range in character class");
                continue;
            }
            int low = ReadClassCharacter(literal), high = low;
            if (IsRange(literal))
            {
                at++;
                if (ReadClassItem(literal) is not null)
                    throw Error("invalid range in character class");
                high = ReadClassCharacter(literal);
            }
            if (high < low)
                throw Error("range out of order in character class");
            result.Add(low, high);
        }
        AppendClass(result);
    }

    private void AppendClass(PcreClass item) => output.Append(item.ToPattern(wide));

    // At its end a class can have a hyphen that is itself.
    private bool IsRange(bool literal) => !literal && IsAt("-") && !IsAt("-]") && at + 1 < Source.Length;

    // A named set of characters, or null if there is a character.
    private PcreClassItem? ReadClassItem(bool literal)
    {
        if (literal)
            return null;
        if (IsAt("[:") && Source.IndexOf(":]", at, StringComparison.Ordinal) is > 0 and var end
            && Source.AsSpan(at + 2, end - at - 2).IndexOfAnyExceptInRange('^', 'z') < 0)
        {
            bool negated = Source[at + 2] == '^';
            string name = Source[(at + (negated ? 3 : 2))..end];
            at = end + 2;
            return PcreClasses.Posix(name, negated) ?? throw Error("unknown POSIX class name");
        }
        if (!IsAt("\\") || at + 1 >= Source.Length)
            return null;
        char c = Source[at + 1];
        if (c is not ('d' or 'D' or 'w' or 'W' or 's' or 'S' or 'h' or 'H' or 'v' or 'V' or 'p' or 'P'))
            return null;
        at += 2;
        return c is 'p' or 'P' ? ReadProperty(c == 'P') : PcreClasses.Escape(c);
    }

    private int ReadClassCharacter(bool literal)
    {
        if (AtEnd)
            throw Error("missing terminating ] for character class");
        char c = Source[at++];
        if (c == '\\' && !literal)
        {
            if (AtEnd)
                throw Error(@"\ at end of pattern");
            c = Source[at++];
            if (c is 'B' or 'R' or 'X' or 'N')
                throw Error("escape sequence is invalid in character class");
            c = c == 'b' ? '\b' : ReadCharacter(c);
        }
        return char.IsHighSurrogate(c) && !AtEnd && char.IsLowSurrogate(Source[at]) ? char.ConvertToUtf32(c, Source[at++]) : c;
    }
}
