using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Regular expressions (HashLink std/regexp.c, where they are PCRE's).</summary>
internal static class StdRegexps
{
    [HlPrimitive("std", "regexp_new_options")]
    public static object? RegexpNewOptions(HlBytes pattern, HlBytes options) =>
        HlRegexp.Create(new string(pattern.Chars()), options.Chars());

    [HlPrimitive("std", "regexp_match")]
    public static bool RegexpMatch(object regexp, HlBytes text, int position, int length) => ((HlRegexp)regexp).Match(text, position, length);

    [HlPrimitive("std", "regexp_matched_pos")]
    public static int RegexpMatchedPos(object regexp, int group, ref int length) => ((HlRegexp)regexp).GetPosition(group, ref length);

    [HlPrimitive("std", "regexp_matched_num")]
    public static int RegexpMatchedNum(object regexp) => ((HlRegexp)regexp).GroupCount;
}
