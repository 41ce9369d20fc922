using System.Reflection;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Functions of Haxe's library that the runtime can do quicker in common cases. Such a function asks the runtime first
/// and goes on with its own code where that declines, so whatever the code is, it is followed in all other cases. A
/// function of the right name but of another class or signature is a function like any other.
/// </summary>
internal static class HlKnownFunction
{
    private const BindingFlags Internal = BindingFlags.NonPublic | BindingFlags.Static;

    private static readonly MethodInfo CharAt = Of(typeof(HlString), nameof(HlString.CharAt));
    private static readonly MethodInfo FromCharCode = Of(typeof(HlString), nameof(HlString.FromCharCode));
    private static readonly MethodInfo Add = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAdd));

    /// <summary>
    /// The runtime's method, which takes the function's arguments and answers null or false where it declines; null for most
    /// functions. One that returns a string takes the module's <see cref="HlTexts"/> last, one that returns nothing its last
    /// argument again if that is a string of the module's class.
    /// </summary>
    public static MethodInfo? Find(HlFunctionDef function)
    {
        if (function.Owner is not { } owner || function.Name is not { } name)
            return null;
        HlTypeDef[] parameters = [.. function.Type.Parameters];
        HlTypeDef result = function.Type.Return;
        return (owner.Name, name) switch
        {
            ("String", "charAt") when IsText(result) && parameters is [{ } self, { Kind: HlTypeKind.I32 }] && self == owner && result == self => CharAt,
            ("$String", "fromCharCode") when IsText(result) && parameters is [{ Kind: HlTypeKind.I32 }] => FromCharCode,
            ("StringBuf", "add") when result.Kind == HlTypeKind.Void && parameters is [{ } self, { Kind: HlTypeKind.Dyn }] && self == owner
                && HlKnownClass.Find(owner)?.Base == typeof(HlStringBuffer) => Add,
            _ => null,
        };
    }

    private static bool IsText(HlTypeDef type) => type is HlObjectTypeDef text && HlKnownClass.Find(text)?.Base == typeof(HlString);

    private static MethodInfo Of(Type type, string name) => type.GetMethod(name, Internal) ?? throw new MissingMethodException(type.FullName, name);
}
