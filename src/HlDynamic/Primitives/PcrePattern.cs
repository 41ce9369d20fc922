using System.Text.RegularExpressions;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

internal sealed class PcrePattern(string source, string options, bool wide)
{
    public string Source => source;
    public string Text => source;
    public int GroupCount => new Regex(source).GetGroupNumbers().Length;
    public RegexOptions Options => RegexOptions.CultureInvariant
        | (options.Contains('i') ? RegexOptions.IgnoreCase : 0)
        | (options.Contains('m') ? RegexOptions.Multiline : 0)
        | (options.Contains('s') || wide ? RegexOptions.Singleline : 0);
    public static HaxeException Error(string message, string source) => HaxeError.Text($"Regexp compilation error : {message} in {source}");
}
