namespace HlDynamic.Bytecode;

/// <summary>A set of kinds of type, a bit each, as the rules for operands need them.</summary>
[Flags]
internal enum HlKinds : uint
{
    None = 0,
    Void = 1u << HlTypeKind.Void,
    I32 = 1u << HlTypeKind.I32,
    Bool = 1u << HlTypeKind.Bool,
    Bytes = 1u << HlTypeKind.Bytes,
    Dyn = 1u << HlTypeKind.Dyn,
    Fun = 1u << HlTypeKind.Fun,
    Obj = 1u << HlTypeKind.Obj,
    Array = 1u << HlTypeKind.Array,
    Type = 1u << HlTypeKind.Type,
    Ref = 1u << HlTypeKind.Ref,
    Virtual = 1u << HlTypeKind.Virtual,
    DynObj = 1u << HlTypeKind.DynObj,
    Abstract = 1u << HlTypeKind.Abstract,
    Enum = 1u << HlTypeKind.Enum,
    Null = 1u << HlTypeKind.Null,
    Method = 1u << HlTypeKind.Method,
    Struct = 1u << HlTypeKind.Struct,
    Packed = 1u << HlTypeKind.Packed,
    Guid = 1u << HlTypeKind.Guid,

    Integer = (1u << HlTypeKind.UI8) | (1u << HlTypeKind.UI16) | I32 | (1u << HlTypeKind.I64),
    Float = (1u << HlTypeKind.F32) | (1u << HlTypeKind.F64),
    Number = Integer | Float,
    Function = Fun | Method,

    /// <summary>Values that know their type, so that they can be a <c>dyn</c>.</summary>
    Dynamic = Dyn | Fun | Obj | Array | Virtual | DynObj | Enum | Null,

    /// <summary>What can be null.</summary>
    Pointer = Dynamic | Bytes | Type | Ref | Abstract | Method | Struct,

    /// <summary>What a register, a field or a variable can hold and code can move around freely.</summary>
    Value = (Number | Bool | Guid | Pointer) & ~Ref,

    /// <summary>The same, and references to registers.</summary>
    ValueOrRef = Value | Ref,

    /// <summary>A register that takes a result which may not be wanted.</summary>
    Result = ValueOrRef | Void,

    /// <summary>What has fields known by number.</summary>
    Fields = Obj | Struct | Virtual,
}
