using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class HlRegexpTests
{
    // The groups of the first match, those that took no part as "-"; "no" if there is no match.
    private static string Match(string pattern, string options, string text)
    {
        HlRegexp regexp = HlRegexp.Create(pattern, options)!;
        if (!regexp.Match(HlBytes.FromString(text), 0, text.Length))
            return "no";
        return string.Join(' ', Enumerable.Range(0, regexp.GroupCount).Select(group =>
        {
            int length = 0;
            int position = regexp.GetPosition(group, ref length);
            return position < 0 ? "-" : text.Substring(position, length);
        }));
    }

    [TestCase("a(b)?c", "xacx", "ac -")]
    [TestCase(@"(?<y>\d+)-(\d+)-(?<d>\d+)", "2020-01-02", "2020-01-02 2020 01 02", Description = "Groups are numbered in order, named or not")]
    [TestCase(@"(a)?\1b", "b", "b -", Description = "A reference to an unset group matches nothing")]
    [TestCase("a++ab", "aaab", "no", Description = "Possessive quantifiers do not give back")]
    [TestCase("[]a]", "a", "no", Description = "The empty class matches nothing")]
    [TestCase("[^]a", "\na", "\na")]
    [TestCase("[[:alpha:]]+", "12aé3", "aé")]
    [TestCase("[^[:space:]]+", " ab c", "ab")]
    [TestCase(@"\h+x", "a \tx", " \tx")]
    [TestCase(@"a\Rb", "a\r\nb", "a\r\nb")]
    [TestCase(@"foo\Kbar", "foobar", "bar")]
    [TestCase(@"\Qa.b\E+", "a.bbb", "a.bbb")]
    [TestCase(@"\pL+", "12ab", "ab")]
    [TestCase(@"\P{Greek}+", "γab", "ab")]
    [TestCase("(?|(a)|(b))(c)", "bc", "bc b c")]
    [TestCase("(?x) a b # comment", "ab", "ab")]
    [TestCase("(?U)a+", "aaa", "a")]
    [TestCase("a(?#comment)+", "aa", "aa")]
    [TestCase("a{,3}", "a{,3}", "a{,3}")]
    [TestCase(@"(a)(b)\g{-1}", "abb", "abb a b")]
    [TestCase("[a-z-[aeiou]]", "b]", "b]")]
    [TestCase("^.$", "😀", "😀", Description = "A pair of surrogates is one character")]
    [TestCase("[😀-😎]+", "x😁😂y", "😁😂")]
    [TestCase("[^😀]+", "😀ab😁", "ab😁")]
    [TestCase("😀+", "😀😀", "😀😀")]
    public void Patterns_mean_what_they_mean_to_PCRE(string pattern, string text, string expected) => Assert.That(Match(pattern, "", text), Is.EqualTo(expected));

    [TestCase("^$", "m", "a\n", "no", Description = "No line begins after the last line end")]
    [TestCase("^b", "m", "a\nb", "b")]
    [TestCase("a$", "", "a\n", "a")]
    [TestCase("a.b", "s", "a\nb", "a\nb")]
    [TestCase("É", "i", "é", "é")]
    [TestCase("a+", "g", "aaa", "a", Description = "g makes quantifiers lazy")]
    [TestCase("(?-i)a", "i", "A", "no")]
    public void Options_are_those_of_EReg(string pattern, string options, string text, string expected) => Assert.That(Match(pattern, options, text), Is.EqualTo(expected));

    [TestCase("(", "missing closing parenthesis")]
    [TestCase(")", "unmatched closing parenthesis")]
    [TestCase("*a", "quantifier does not follow a repeatable item")]
    [TestCase("[a", "missing terminating ] for character class")]
    [TestCase("[z-a]", "range out of order in character class")]
    [TestCase(@"[\w-x]", "invalid range in character class")]
    [TestCase("a{2,1}", "numbers out of order in {} quantifier")]
    [TestCase(@"(a)\2", "reference to non-existent subpattern")]
    [TestCase(@"\y", @"unrecognized character follows \")]
    [TestCase(@"(?R)", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase(@"^((.)(?1)\2|.?)$", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase(@"(a(?2)?b)(c(?1)?d)", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase(@"\((?:a|(?R))*+\)", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase(@"<(\w+)>(?:x|(?R))*</\1>", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase(@"(?|(a)(?1)|b)", "recursion is supported only in the shapes before(?:a|b|recursion)*after and before(recursion)?after")]
    [TestCase("(?2)(a)", "reference to non-existent subpattern")]
    [TestCase("(?&none)(a)", "reference to non-existent subpattern")]
    public void Errors_are_those_of_PCRE(string pattern, string message) => Assert.That(() => HlRegexp.Create(pattern, ""),
        Throws.InstanceOf<HaxeException>().With.Message.EqualTo($"Regexp compilation error : {message} in {pattern}"));

    [Test]
    public void An_unknown_option_makes_no_expression() => Assert.That(HlRegexp.Create("a", "z"), Is.Null);

    [Test]
    public void A_part_of_a_text_ends_where_the_part_ends()
    {
        HlRegexp regexp = HlRegexp.Create("a$", "")!;
        Assert.That(regexp.Match(HlBytes.FromString("abc"), 0, 1));
    }

    [Test]
    public void A_part_of_a_text_begins_where_the_text_begins()
    {
        HlRegexp regexp = HlRegexp.Create("^b", "")!;
        Assert.That(regexp.Match(HlBytes.FromString("ab"), 1, 1), Is.False);
    }

    [Test]
    public void Only_a_match_has_positions()
    {
        HlRegexp regexp = HlRegexp.Create("a", "")!;
        int length = 0;
        Assert.That(() => regexp.GetPosition(0, ref length), Throws.InstanceOf<HaxeException>());
        Assert.That(regexp.GroupCount, Is.EqualTo(-1));
    }

    [Test]
    public void An_expression_used_often_stays_the_same()
    {
        HlRegexp regexp = HlRegexp.Create(@"(\d+)-\1", "")!;
        for (int i = 0; i < 1000; i++)
            Assert.That(regexp.Match(HlBytes.FromString($"x{i}-{i}"), 0, $"x{i}-{i}".Length));
    }
}
