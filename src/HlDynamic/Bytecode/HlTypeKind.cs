namespace HlDynamic.Bytecode;

/// <summary>The kinds of type that HashLink bytecode knows, with their numbers in the file (HashLink hl.h: <c>hl_type_kind</c>).</summary>
public enum HlTypeKind : byte
{
    /// <summary>No value.</summary>
    Void = 0,
    /// <summary>An unsigned 8-bit integer.</summary>
    UI8 = 1,
    /// <summary>An unsigned 16-bit integer.</summary>
    UI16 = 2,
    /// <summary>A signed 32-bit integer, Haxe's <c>Int</c>.</summary>
    I32 = 3,
    /// <summary>A signed 64-bit integer.</summary>
    I64 = 4,
    /// <summary>A single precision number, Haxe's <c>Single</c>.</summary>
    F32 = 5,
    /// <summary>A double precision number, Haxe's <c>Float</c>.</summary>
    F64 = 6,
    /// <summary>A boolean.</summary>
    Bool = 7,
    /// <summary>A pointer into a block of bytes.</summary>
    Bytes = 8,
    /// <summary>Any value, boxed if it is basic.</summary>
    Dyn = 9,
    /// <summary>A function value.</summary>
    Fun = 10,
    /// <summary>A class.</summary>
    Obj = 11,
    /// <summary>An array of any element type.</summary>
    Array = 12,
    /// <summary>A type as a value.</summary>
    Type = 13,
    /// <summary>A reference to a register or an element.</summary>
    Ref = 14,
    /// <summary>A structural type: an anonymous structure or an interface.</summary>
    Virtual = 15,
    /// <summary>An object whose fields are added while the program runs.</summary>
    DynObj = 16,
    /// <summary>An opaque value that only natives look into.</summary>
    Abstract = 17,
    /// <summary>An enum: a tagged union.</summary>
    Enum = 18,
    /// <summary>A basic value or null.</summary>
    Null = 19,
    /// <summary>A function type used for methods.</summary>
    Method = 20,
    /// <summary>A class without a type header.</summary>
    Struct = 21,
    /// <summary>A struct laid out inside its owner.</summary>
    Packed = 22,
    /// <summary>A 64-bit identifier.</summary>
    Guid = 23,
}
