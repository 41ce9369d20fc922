using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>
/// Names of files and variables of the environment as natives take and return them: in UTF-8 or, on Windows, in
/// UTF-16 (HashLink hl.h: <c>pchar</c>). Haxe's library asks which.
/// </summary>
internal static class HlPaths
{
    public static bool IsUtf8 => !OperatingSystem.IsWindows();

    public static string Read(HlBytes path) => IsUtf8 ? StdStrings.ReadUtf8(path) : new string(path.Chars());

    public static HlBytes Write(string? path) =>
        path is null ? default : IsUtf8 ? StdStrings.ToUtf8(path) : HlBytes.FromString(path);
}
