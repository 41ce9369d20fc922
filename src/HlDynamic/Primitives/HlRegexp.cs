using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>
/// A regular expression and its last match. Texts with characters outside the basic plane are matched by a slower
/// expression that takes them as one character, as PCRE does and .NET does not.
/// </summary>
internal sealed class HlRegexp
{
    private readonly Shared shared;
    private Match? match;

    // The text matched last, for programs that go through one match by match.
    private byte[]? buffer;
    private int start, end;
    private string text = "";
    private bool isWide;

    private HlRegexp(Shared shared) => this.shared = shared;

    /// <summary>How many groups the last match has, the whole match counted; -1 if there is no match.</summary>
    public int GroupCount => match is null ? -1 : shared.GroupCount;

    /// <summary>Makes an expression; null if there is an unknown option.</summary>
    /// <exception cref="HaxeException">The pattern is not valid, or uses something that .NET's expressions cannot do.</exception>
    public static HlRegexp? Create(string pattern, ReadOnlySpan<char> options) =>
        options.ContainsAnyExcept("ismug") ? null : new HlRegexp(Shared.Get(pattern, new string(options)));

    /// <summary>Looks for a match that begins at <paramref name="position"/> or later, in characters.</summary>
    public bool Match(HlBytes subject, int position, int length)
    {
        Take(subject, position + length);
        Match found = shared.Find(isWide).Match(text, position);
        match = found.Success ? found : null;
        return found.Success;
    }

    /// <summary>Where a group of the last match is; -1 if it took no part.</summary>
    public int GetPosition(int group, ref int length)
    {
        if (match is null)
            throw HaxeError.Text("Calling regexp_matched_pos() on an unmatched regexp");
        if (group < 0 || group >= shared.GroupCount)
            throw HaxeError.Text($"Matched index {group} outside bounds");
        Group found = group == 0 ? match : match.Groups[group];
        int first = found.Success ? found.Index : -1, last = found.Success ? found.Index + found.Length : -1;
        if (group == 0 && shared.HasStart && match.Groups[PcrePattern.StartGroup] is { Success: true } marked)
            first = marked.Index;
        if (!Unsafe.IsNullRef(ref length))
            length = last - first;
        return first;
    }

    private void Take(HlBytes subject, int count)
    {
        if (ReferenceEquals(buffer, subject.Buffer) && start == subject.Offset && end == count)
            return;
        text = count == 0 ? "" : new string(subject.Chars(0, count));
        isWide = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
        (buffer, start, end) = (subject.Buffer, subject.Offset, count);
    }

    /// <summary>What expressions of the same pattern and options share: Haxe makes a new one wherever a literal is met.</summary>
    private sealed class Shared
    {
        // Compiling takes as long as some hundred matches of short texts.
        private const int UsesBeforeCompiling = 300, MaxKept = 128;
        private static readonly ConcurrentDictionary<(string Pattern, string Options), Shared> Kept = new();
        private readonly string pattern;
        private readonly string options;
        private Regex basic;
        private Regex? wide;
        private int uses;

        private Shared(string pattern, string options)
        {
            this.pattern = pattern;
            this.options = options;
            var translated = new PcrePattern(pattern, options, wide: false);
            basic = Build(translated, RegexOptions.None);
            GroupCount = translated.GroupCount;
            HasStart = basic.GroupNumberFromName(PcrePattern.StartGroup) >= 0;
        }

        /// <summary>How many groups there are, the whole match counted.</summary>
        public int GroupCount { get; }

        /// <summary>Whether a group marks where matches start.</summary>
        public bool HasStart { get; }

        /// <summary>The one of a pattern, kept for the next that asks.</summary>
        public static Shared Get(string pattern, string options)
        {
            if (Kept.TryGetValue((pattern, options), out Shared? known))
                return known;
            var made = new Shared(pattern, options);
            // Programs that make patterns as they go use none of them for long.
            if (Kept.Count >= MaxKept)
                Kept.Clear();
            return Kept.GetOrAdd((pattern, options), made);
        }

        /// <summary>The expression for texts without characters outside the basic plane, or for those with some.</summary>
        public Regex Find(bool isWide)
        {
            if (++uses == UsesBeforeCompiling)
                basic = Build(new PcrePattern(pattern, options, wide: false), RegexOptions.Compiled);
            return isWide ? wide ??= Build(new PcrePattern(pattern, options, wide: true), RegexOptions.None) : basic;
        }

        private static Regex Build(PcrePattern translated, RegexOptions how)
        {
            try
            {
                return new Regex(translated.Text, translated.Options | how);
            }
            catch (ArgumentException e)
            {
                throw PcrePattern.Error(e.Message, translated.Source);
            }
        }
    }
}
