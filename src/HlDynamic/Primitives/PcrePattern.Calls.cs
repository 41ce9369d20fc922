using System.Globalization;
using System.Text;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

// Calls of groups: (?1) (?R) (?+1) (?&name) (?P>name) \g<1>. .NET has none, so that the called group is written where it is
// called, with groups of its own. A group that calls itself would be written for ever; but where it has the shape
//
//     before (?: a | b | call )* after      or      before call? after
//
// its nested matches are what brackets nest, which .NET's balancing groups count: each nested "before" is a step down,
// each nested "after" a step up, and the loop ends where it began. The order in which things are tried stays the same.
internal sealed partial class PcrePattern
{
    private const int LongestTranslation = 1 << 18;
    private readonly Dictionary<int, PcreScope> scopes = [];
    private readonly Stack<int> calls = new();
    private bool hasCalls, writesCalls, isNested;
    private int limit;

    // Of the call that is being written: its number, and the groups that are its own.
    private int callNumber, callCount, firstOwn, lastOwn;

    // What the atom that was translated last is.
    private int? called;
    private PcreScope? group;
    private string groupKind = "";

    private PcreSettings Settings
    {
        get => new(multiline, dotAll, extended, lazyFirst, ignoreCase);
        set => (multiline, dotAll, extended, lazyFirst, ignoreCase) = value;
    }

    private HaxeException NoRecursion() => Error("recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after");

    // The number of the group that is called here, if one is.
    private int? ReadCall()
    {
        if (Accept("R)"))
            return 0;
        if (Accept("&") || Accept("P>"))
            return NumberOfCalled(ReadName(')'));
        int end = at + (IsAt("+") || IsAt("-") ? 1 : 0), start = end;
        while (end < limit && char.IsAsciiDigit(Source[end]))
            end++;
        return end > start && end < limit && Source[end] == ')' ? NumberOfCalled(ReadName(')')) : null;
    }

    private int NumberOfCalled(string name) => name == "0" ? 0 : NumberOf(name);

    // The groups of a call are its own, so that what they hold is as before when it ends.
    private string? OwnName(int number) => callNumber > 0 && number >= firstOwn && number <= lastOwn
        ? string.Create(CultureInfo.InvariantCulture, $"c{callNumber}_{number}")
        : null;

    private string NameOf(int number) => OwnName(number) ?? number.ToString(CultureInfo.InvariantCulture);

    // What a group holds is another thing on each level, which nested matches do not keep.
    private void Refer(int number)
    {
        highestReference = Math.Max(highestReference, number);
        if (isNested)
            throw NoRecursion();
    }

    private void TranslateCall(int number)
    {
        hasCalls = true;
        called = number;
        Refer(number);
        if (!writesCalls)
            return;
        if (numbersGroups || calls.Contains(number) || !scopes.TryGetValue(number, out PcreScope? scope))
            throw NoRecursion();
        (int at, int limit, int groups, PcreSettings settings) saved = (at, limit, groups, Settings);
        (int, int, int) own = (callNumber, firstOwn, lastOwn);
        (callNumber, firstOwn, lastOwn) = (++callCount, scope.FirstGroup + 1, scope.FirstGroup + scope.GroupCount);
        (at, limit, groups, Settings) = (scope.Start, scope.End, scope.FirstGroup, scope.Settings);
        output.Append(ignoreCase ? "(?i:" : "(?-i:");
        TranslateContent(number);
        output.Append(')');
        (at, limit, groups, Settings) = saved;
        (callNumber, firstOwn, lastOwn) = own;
        (called, group) = (number, null);
        if (output.Length > LongestTranslation)
            throw Error("regular expression is too large");
    }

    // What is inside of a group, or the whole pattern.
    private PcreScope TranslateContent(int number)
    {
        calls.Push(number);
        PcreScope scope;
        if (!writesCalls)
        {
            scope = TranslateAlternatives(resets: false);
            scope.GroupCount = groups - scope.FirstGroup;
            scopes[number] = scope;
        }
        else
        {
            scope = scopes[number];
            if (CallsOf(scope, number) == 0)
                TranslateAlternatives(resets: false);
            else
                TranslateNested(scope, number);
        }
        calls.Pop();
        return scope;
    }

    private static int CallsOf(PcreScope scope, int number) => scope.Alternatives.Sum(a => a.Sum(i => CallsOf(i, number)));

    private static int CallsOf(PcreItem item, int number) =>
        item.Called == number ? 1 : item.Group is { } inner ? CallsOf(inner, number) : 0;

    private string QuantifierOf(PcreItem item) => Source[item.AtomEnd..item.End].Trim();

    private void TranslateNested(PcreScope scope, int number)
    {
        if (scope.Alternatives is not [var items] || CallsOf(scope, number) != 1 || !items.TrueForAll(static i => i.IsAtom))
            throw NoRecursion();
        int index = items.FindIndex(i => CallsOf(i, number) == 1);
        PcreItem middle = items[index];
        string quantifier = QuantifierOf(middle);
        string depth = string.Create(CultureInfo.InvariantCulture, $"d{++callCount}");
        Range before = (scope.Start, middle.Start, scope.FirstGroup), after = (middle.End, scope.End, middle.FirstGroup + middle.GroupCount);
        // Without anything before it, a group calls itself for ever.
        if (index == 0 || lazyFirst)
            throw NoRecursion();
        Write(before, owned: false);
        if (middle.Called is not null && quantifier == "?")
        {
            output.Append(CultureInfo.InvariantCulture, $"(?:(?<{depth}>)");
            Write(before, owned: true);
            output.Append(")*(?:");
            Write(after, owned: true);
            output.Append(CultureInfo.InvariantCulture, $"(?<-{depth}>))*");
        }
        else if (quantifier == "*" && middle.Group is { } loop && middle.Kind is ":" or "(")
            WriteLoop(middle, loop, number, depth, before, after);
        else
            throw NoRecursion();
        output.Append(CultureInfo.InvariantCulture, $"(?({depth})(?!))");
        Write(after, owned: false);
        (at, groups) = (scope.End, scope.FirstGroup + scope.GroupCount);
    }

    private void WriteLoop(PcreItem middle, PcreScope loop, int number, string depth, Range before, Range after)
    {
        // A loop that is a group holds what its last round matched: on its own level, also all of a nested match.
        string name = middle.Kind == "(" ? NameOf(middle.FirstGroup + 1) : "";
        int first = loop.FirstGroup;
        output.Append("(?:");
        foreach (List<PcreItem> alternative in loop.Alternatives)
        {
            if (alternative is [{ Called: { } target } call] && target == number && QuantifierOf(call).Length == 0)
            {
                output.Append(CultureInfo.InvariantCulture, $"(?<{depth}>)");
                Write(before, owned: true);
            }
            else if (alternative.Count == 0 || !alternative.TrueForAll(i => i.IsAtom && CallsOf(i, number) == 0))
                throw NoRecursion();
            else
            {
                Range range = (alternative[0].Start, alternative[^1].End, alternative[0].FirstGroup);
                output.Append(CultureInfo.InvariantCulture, $"(?({depth})");
                Write(range, owned: true);
                output.Append(name.Length > 0 ? $"|(?<{name}>" : "|(?:");
                Write(range, owned: false);
                output.Append("))");
            }
            output.Append('|');
        }
        Write(after, owned: true);
        output.Append(CultureInfo.InvariantCulture, $"(?<{name}-{depth}>))*");
    }

    // A part of the pattern as a group; for a nested match, with groups of its own.
    private void Write(Range range, bool owned)
    {
        (int at, int limit, int groups, PcreSettings settings) saved = (at, limit, groups, Settings);
        (int, int, int) own = (callNumber, firstOwn, lastOwn);
        bool nested = isNested;
        if (owned)
        {
            (callNumber, firstOwn, lastOwn) = (++callCount, 1, int.MaxValue);
            isNested = true;
        }
        (at, limit, groups) = (range.Start, range.End, range.FirstGroup);
        output.Append("(?:");
        TranslateSequence();
        output.Append(')');
        (at, limit, groups, Settings) = saved;
        (callNumber, firstOwn, lastOwn) = own;
        isNested = nested;
    }

    private readonly record struct Range(int Start, int End, int FirstGroup)
    {
        public static implicit operator Range((int Start, int End, int FirstGroup) range) => new(range.Start, range.End, range.FirstGroup);
    }
}

/// <summary>The options that a pattern can change on its way.</summary>
internal readonly record struct PcreSettings(bool Multiline, bool DotAll, bool Extended, bool LazyFirst, bool IgnoreCase);

/// <summary>What is between the parentheses of a group.</summary>
internal sealed class PcreScope(PcreSettings settings, int start, int firstGroup)
{
    public PcreSettings Settings { get; } = settings;

    public int Start { get; } = start;

    public int End { get; set; }

    /// <summary>How many groups come before those in here.</summary>
    public int FirstGroup { get; } = firstGroup;

    public int GroupCount { get; set; }

    public List<List<PcreItem>> Alternatives { get; } = [];
}

/// <summary>A part of a sequence with what repeats it; or, if it is no atom, options.</summary>
internal sealed record PcreItem(int Start, bool IsAtom, int? Called, PcreScope? Group, string Kind)
{
    public int AtomEnd { get; init; }

    public int End { get; set; }

    public int FirstGroup { get; init; }

    public int GroupCount { get; init; }
}
