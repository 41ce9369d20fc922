using System.Reflection;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Functions of Haxe's library that the runtime can do quicker in common cases. Such a function, or the place that calls
/// it, asks the runtime first and goes on with the function's own code where that declines, so whatever the code is, it is
/// followed in all other cases. A function of the right name but of another class or signature is a function like any other.
/// </summary>
internal static class HlKnownFunction
{
    private const BindingFlags Internal = BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Static;

    /// <summary>What the runtime's method answers where it declines, if its answers are integers.</summary>
    public const int Declined = int.MinValue;

    private static readonly MethodInfo CharAt = Of(typeof(HlString), nameof(HlString.CharAt));
    private static readonly MethodInfo FromCharCode = Of(typeof(HlString), nameof(HlString.FromCharCode));
    private static readonly MethodInfo Substr = Of(typeof(HlString), nameof(HlString.Substr));
    private static readonly MethodInfo SubstrOfLength = Of(typeof(HlString), nameof(HlString.SubstrOfLength));
    private static readonly MethodInfo IndexOf = Of(typeof(HlString), nameof(HlString.IndexOf));
    private static readonly MethodInfo LastIndexOf = Of(typeof(HlString), nameof(HlString.LastIndexOf));
    private static readonly MethodInfo Concat = Of(typeof(HlString), nameof(HlString.Concat));
    private static readonly MethodInfo Add = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAdd));
    private static readonly MethodInfo AddText = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAddText));
    private static readonly MethodInfo AddInt = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAddInt));
    private static readonly MethodInfo AddChar = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAddChar));
    private static readonly MethodInfo AddSub = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.TryAddSub));
    private static readonly MethodInfo ToText = Of(typeof(HlStringBuffer), nameof(HlStringBuffer.ToText));
    private static readonly MethodInfo OfValue = Of(typeof(HlTexts), nameof(HlTexts.OfValue));
    private static readonly MethodInfo Names = Of(typeof(HlFields), nameof(HlFields.NamesOf));
    private static readonly MethodInfo Expand = Of(typeof(HlArrayObject), nameof(HlArrayObject.TryExpand));

    /// <summary>The method that functions found by <see cref="FindExpandOfNumbers"/> ask, which takes the field <c>size</c> and the size of an element last.</summary>
    public static readonly MethodInfo ExpandNumbers = Of(typeof(HlArrayObject), nameof(HlArrayObject.TryExpandNumbers));

    /// <summary>
    /// The runtime's method that a function asks, which takes the function's arguments and answers null, false or <see cref="Declined"/>
    /// where it declines; null for most functions. One that returns a string takes the module's <see cref="HlTexts"/> last, and one that
    /// has a parameter more than the function its last argument again if that is a string of the module's class. One that returns an
    /// array takes the context and the texts last, and the array becomes that of a new Haxe array.
    /// </summary>
    public static MethodInfo? Find(HlFunctionDef function)
    {
        if (function.Owner is not { } owner || function.Name is not { } name)
            return null;
        HlFunctionTypeDef type = function.Type;
        return (owner.Name, name) switch
        {
            ("$String", "fromCharCode") when IsText(type.Return) && type.Parameters is [{ Kind: HlTypeKind.I32 }] => FromCharCode,
            ("$String", "__add__") when IsConcat(function) => Concat,
            ("$Std", "string") when IsText(type.Return) && type.Parameters is [{ Kind: HlTypeKind.Dyn }] => OfValue,
            ("$Reflect", "fields") when IsArray(type.Return, "hl.types.ArrayObj") && type.Parameters is [{ Kind: HlTypeKind.Dyn }] => Names,
            ("String", "charAt") => IsCharAt(owner, type) ? CharAt : null,
            ("String", "substr") => IsSubstr(owner, type) ? Substr : null,
            ("String", "indexOf") => IsSearch(owner, type) ? IndexOf : null,
            ("String", "lastIndexOf") => IsSearch(owner, type) ? LastIndexOf : null,
            ("StringBuf", "add") => IsAdd(owner, type) ? Add : null,
            ("StringBuf", "toString") when IsText(type.Return) && type.Parameters is [var buffer] && buffer == owner && HlKnownClass.Find(owner)?.Base == typeof(HlStringBuffer) => ToText,
            ("hl.types.ArrayObj", "__expand") when type is { Return.Kind: HlTypeKind.Void, Parameters: [var self, { Kind: HlTypeKind.I32 }] } && self == owner
                && IsArray(owner, "hl.types.ArrayObj") => Expand,
            _ => null,
        };
    }

    /// <summary>The size of an element, if a function makes room in an array of numbers; 0 for most functions.</summary>
    public static int FindExpandOfNumbers(HlFunctionDef function) =>
        function is { Name: "__expand", Owner: { } owner, Type: { Return.Kind: HlTypeKind.Void, Parameters: [var self, { Kind: HlTypeKind.I32 }] } }
        && self == owner && HlKnownClass.Find(owner)?.Interface is { } numbers
            ? numbers == typeof(IHlArray<int>) || numbers == typeof(IHlArray<float>) ? 4
                : numbers == typeof(IHlArray<double>) || numbers == typeof(IHlArray<long>) ? 8
                : numbers == typeof(IHlArray<ushort>) ? 2
                : 0
            : 0;

    /// <summary>The same for a place that calls a function, where calling it would take longer than what it does.</summary>
    /// <param name="function">The function.</param>
    /// <param name="last">The type of the last argument's register.</param>
    public static MethodInfo? FindAtCall(HlFunctionDef function, HlTypeDef last)
    {
        if (function.Owner is not { Name: "String" or "StringBuf" } owner || function.Name is not { } name)
            return null;
        return (owner.Name, name) switch
        {
            ("String", "charAt") => IsCharAt(owner, function.Type) ? CharAt : null,
            ("StringBuf", "add") => IsText(last) && IsAdd(owner, function.Type) ? AddText : null,
            ("StringBuf", "addChar") => IsBuffer(owner, function.Type) && function.Type.Parameters is [_, { Kind: HlTypeKind.I32 }] ? AddChar : null,
            _ => null,
        };
    }

    /// <summary>The same for a place that boxes an integer to call a function with it as the last argument; the runtime's method takes it without its box.</summary>
    public static MethodInfo? FindWithInt(HlFunctionDef function)
    {
        if (function.Owner is not { Name: "String" or "StringBuf" } owner || function.Name is not { } name)
            return null;
        return (owner.Name, name) switch
        {
            ("String", "substr") => IsSubstr(owner, function.Type) ? SubstrOfLength : null,
            ("StringBuf", "add") => IsAdd(owner, function.Type) ? AddInt : null,
            ("StringBuf", "addSub") => IsBuffer(owner, function.Type) && function.Type.Parameters is [_, var text, { Kind: HlTypeKind.I32 }, var length]
                && IsText(text) && IsOptionalInt(length) ? AddSub : null,
            _ => null,
        };
    }

    /// <summary>Whether calls ask the runtime first, so that the function itself is rarely called.</summary>
    public static bool IsRare(HlFunctionDef function) =>
        FindWithInt(function) is not null || (function.Type.Parameters is [.., var last] && FindAtCall(function, last) is not null);

    /// <summary>Whether a function is what <c>+</c> does with two strings.</summary>
    public static bool IsConcat(HlFunctionDef function) =>
        function is { Name: "__add__", Owner.Name: "$String", Type.Parameters: [var a, var b] } && IsText(function.Type.Return) && a == function.Type.Return && b == a;

    /// <summary>Whether a function makes a string of bytes and a length.</summary>
    public static bool IsAllocate(HlFunctionDef function) =>
        function is { Name: "__alloc__", Owner.Name: "$String", Type.Parameters: [{ Kind: HlTypeKind.Bytes }, { Kind: HlTypeKind.I32 }] } && IsText(function.Type.Return);

    /// <summary>Whether a function is the method that takes a part of a string.</summary>
    public static bool IsSubstr(HlFunctionDef function) => function is { Name: "substr", Owner: { Name: "String" } owner } && IsSubstr(owner, function.Type);

    /// <summary>Whether a function reads a number from a string.</summary>
    public static bool IsParseFloat(HlFunctionDef function) =>
        function is { Name: "parseFloat", Owner.Name: "$Std", Type: { Return.Kind: HlTypeKind.F64, Parameters: [var text] } } && IsText(text);

    /// <summary>Whether a function is Haxe's own <c>Type.typeof</c>, whose answer depends on the value only and changes nothing.</summary>
    public static bool IsTypeof(HlFunctionDef function) =>
        function is { Name: "typeof", Owner.Name: "$Type", Type: { Return: HlEnumTypeDef { Name: "ValueType" }, Parameters: [{ Kind: HlTypeKind.Dyn }] } }
        && function.Body.Instructions is [{ Opcode: HlOpcode.OGetType, B: 0 }, { Opcode: HlOpcode.OGetTID }, { Opcode: HlOpcode.OSwitch }, ..] && IsPure(function);

    // Calls with one argument take the class of a value, its enum, or what a view stands for.
    private static bool IsPure(HlFunctionDef function)
    {
        foreach (HlInstruction instruction in function.Body.Instructions)
            if (instruction.Opcode is not (HlOpcode.OGetType or HlOpcode.OGetTID or HlOpcode.OSwitch or HlOpcode.OGetGlobal or HlOpcode.OCall1 or HlOpcode.OSafeCast or HlOpcode.OToDyn
                or HlOpcode.OToSFloat or HlOpcode.OToInt or HlOpcode.OMakeEnum or HlOpcode.OMov or HlOpcode.ONull or HlOpcode.OInt or HlOpcode.OLabel or HlOpcode.ORet)
                && !HlFlow.TryGetJump(instruction, out _))
                return false;
        return true;
    }

    private static bool IsCharAt(HlObjectTypeDef owner, HlFunctionTypeDef type) =>
        IsText(owner) && type.Return == owner && type.Parameters is [var self, { Kind: HlTypeKind.I32 }] && self == owner;

    private static bool IsSubstr(HlObjectTypeDef owner, HlFunctionTypeDef type) =>
        IsText(owner) && type.Return == owner && type.Parameters is [var self, { Kind: HlTypeKind.I32 }, var length] && self == owner && IsOptionalInt(length);

    private static bool IsSearch(HlObjectTypeDef owner, HlFunctionTypeDef type) =>
        IsText(owner) && type is { Return.Kind: HlTypeKind.I32, Parameters: [var self, var text, var start] } && self == owner && text == owner && IsOptionalInt(start);

    private static bool IsAdd(HlObjectTypeDef owner, HlFunctionTypeDef type) => IsBuffer(owner, type) && type.Parameters is [_, { Kind: HlTypeKind.Dyn }];

    private static bool IsBuffer(HlObjectTypeDef owner, HlFunctionTypeDef type) =>
        type.Return.Kind == HlTypeKind.Void && type.Parameters is [var self, ..] && self == owner && HlKnownClass.Find(owner)?.Base == typeof(HlStringBuffer);

    private static bool IsOptionalInt(HlTypeDef type) => type is HlWrapperTypeDef { Kind: HlTypeKind.Null, Inner.Kind: HlTypeKind.I32 };

    private static bool IsArray(HlTypeDef type, string name) =>
        type is HlObjectTypeDef array && array.Name == name && HlKnownClass.Find(array)?.Interface == typeof(IHlArray<object>);

    /// <summary>Whether a type is the module's class of strings.</summary>
    public static bool IsText(HlTypeDef type) => type is HlObjectTypeDef text && HlKnownClass.Find(text)?.Base == typeof(HlString);

    private static MethodInfo Of(Type type, string name) => type.GetMethod(name, Internal) ?? throw new MissingMethodException(type.FullName, name);
}
