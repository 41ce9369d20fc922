using System.Collections.Immutable;
using System.Runtime.InteropServices;
using static HlDynamic.Bytecode.HlOperandKind;

namespace HlDynamic.Bytecode;

/// <summary>What an operand of an instruction names.</summary>
public enum HlOperandKind : byte
{
    /// <summary>A register that is written.</summary>
    Written,
    /// <summary>A register that is read.</summary>
    Read,
    /// <summary>A register that is read and written.</summary>
    Updated,
    /// <summary>An index into <see cref="HlModule.Ints"/>.</summary>
    Int,
    /// <summary>An index into <see cref="HlModule.Floats"/>.</summary>
    Float,
    /// <summary>0 or 1.</summary>
    Bool,
    /// <summary>An index into the byte pool.</summary>
    Bytes,
    /// <summary>An index into <see cref="HlModule.Strings"/>.</summary>
    String,
    /// <summary>The number of a function or a native.</summary>
    Function,
    /// <summary>A slot in a class's table of virtual methods, or a field of a structure.</summary>
    Method,
    /// <summary>An index into <see cref="HlModule.Globals"/>.</summary>
    Global,
    /// <summary>A field of a class or a structure.</summary>
    Field,
    /// <summary>A distance in instructions, from the next one.</summary>
    Jump,
    /// <summary>An index into <see cref="HlModule.Types"/>.</summary>
    Type,
    /// <summary>A constructor of an enum.</summary>
    Constructor,
    /// <summary>A parameter of an enum constructor.</summary>
    Parameter,
    /// <summary>A plain number.</summary>
    Number,
    /// <summary>The jump distances of a switch, and that of its end.</summary>
    Switch,
}

/// <summary>The shape of an instruction.</summary>
/// <param name="Opcode">Which one.</param>
/// <param name="Operands">What the fixed operands are, in order.</param>
/// <param name="Arguments">How many argument registers follow: a number, -1 for a counted list, or 0.</param>
public sealed record HlOpcodeInfo(HlOpcode Opcode, ImmutableArray<HlOperandKind> Operands, int Arguments)
{
    /// <summary>The name without the leading O, in lower case: <c>callmethod</c>.</summary>
    public string Mnemonic => Opcode.ToString()[1..].ToLowerInvariant();
}

/// <summary>The table of instruction shapes.</summary>
public static class HlOpcodes
{
    /// <summary>How many opcodes there are.</summary>
    public static int Count => (int)HlOpcode.OCatch + 1;

    /// <summary>The shape of an opcode.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such opcode.</exception>
    public static HlOpcodeInfo Get(HlOpcode opcode) => (int)opcode < Table.Length
        ? Infos[(int)opcode] ??= Table[(int)opcode].ToInfo()
        : throw new ArgumentOutOfRangeException(nameof(opcode), opcode, "There is no such opcode.");

    /// <summary>The operands of <see cref="Get"/>, for which .NET has code ready: of immutable arrays of our own types it must compile some first.</summary>
    internal static HlOperandKind[] OperandsOf(HlOpcode opcode) => Table[(int)opcode].Operands;

    /// <summary>The arguments of <see cref="Get"/>.</summary>
    internal static int ArgumentsOf(HlOpcode opcode) => Table[(int)opcode].Arguments;

    private static readonly HlOpcodeInfo?[] Infos = new HlOpcodeInfo?[Count];

    private sealed class Shape(HlOpcode opcode, HlOperandKind[] operands, int arguments)
    {
        public readonly HlOperandKind[] Operands = operands;
        public readonly int Arguments = arguments;

        public HlOpcodeInfo ToInfo() => new(opcode, ImmutableCollectionsMarshal.AsImmutableArray(Operands), Arguments);
    }

    private static readonly Shape[] Table =
    [
        new(HlOpcode.OMov, [Written, Read], 0),
        new(HlOpcode.OInt, [Written, Int], 0),
        new(HlOpcode.OFloat, [Written, Float], 0),
        new(HlOpcode.OBool, [Written, Bool], 0),
        new(HlOpcode.OBytes, [Written, Bytes], 0),
        new(HlOpcode.OString, [Written, HlOperandKind.String], 0),
        new(HlOpcode.ONull, [Written], 0),
        new(HlOpcode.OAdd, [Written, Read, Read], 0),
        new(HlOpcode.OSub, [Written, Read, Read], 0),
        new(HlOpcode.OMul, [Written, Read, Read], 0),
        new(HlOpcode.OSDiv, [Written, Read, Read], 0),
        new(HlOpcode.OUDiv, [Written, Read, Read], 0),
        new(HlOpcode.OSMod, [Written, Read, Read], 0),
        new(HlOpcode.OUMod, [Written, Read, Read], 0),
        new(HlOpcode.OShl, [Written, Read, Read], 0),
        new(HlOpcode.OSShr, [Written, Read, Read], 0),
        new(HlOpcode.OUShr, [Written, Read, Read], 0),
        new(HlOpcode.OAnd, [Written, Read, Read], 0),
        new(HlOpcode.OOr, [Written, Read, Read], 0),
        new(HlOpcode.OXor, [Written, Read, Read], 0),
        new(HlOpcode.ONeg, [Written, Read], 0),
        new(HlOpcode.ONot, [Written, Read], 0),
        new(HlOpcode.OIncr, [Updated], 0),
        new(HlOpcode.ODecr, [Updated], 0),
        new(HlOpcode.OCall0, [Written, Function], 0),
        new(HlOpcode.OCall1, [Written, Function], 1),
        new(HlOpcode.OCall2, [Written, Function], 2),
        new(HlOpcode.OCall3, [Written, Function], 3),
        new(HlOpcode.OCall4, [Written, Function], 4),
        new(HlOpcode.OCallN, [Written, Function], -1),
        new(HlOpcode.OCallMethod, [Written, Method], -1),
        new(HlOpcode.OCallThis, [Written, Method], -1),
        new(HlOpcode.OCallClosure, [Written, Read], -1),
        new(HlOpcode.OStaticClosure, [Written, Function], 0),
        new(HlOpcode.OInstanceClosure, [Written, Function, Read], 0),
        new(HlOpcode.OVirtualClosure, [Written, Read, Method], 0),
        new(HlOpcode.OGetGlobal, [Written, Global], 0),
        new(HlOpcode.OSetGlobal, [Global, Read], 0),
        new(HlOpcode.OField, [Written, Read, Field], 0),
        new(HlOpcode.OSetField, [Read, Field, Read], 0),
        new(HlOpcode.OGetThis, [Written, Field], 0),
        new(HlOpcode.OSetThis, [Field, Read], 0),
        new(HlOpcode.ODynGet, [Written, Read, HlOperandKind.String], 0),
        new(HlOpcode.ODynSet, [Read, HlOperandKind.String, Read], 0),
        new(HlOpcode.OJTrue, [Read, Jump], 0),
        new(HlOpcode.OJFalse, [Read, Jump], 0),
        new(HlOpcode.OJNull, [Read, Jump], 0),
        new(HlOpcode.OJNotNull, [Read, Jump], 0),
        new(HlOpcode.OJSLt, [Read, Read, Jump], 0),
        new(HlOpcode.OJSGte, [Read, Read, Jump], 0),
        new(HlOpcode.OJSGt, [Read, Read, Jump], 0),
        new(HlOpcode.OJSLte, [Read, Read, Jump], 0),
        new(HlOpcode.OJULt, [Read, Read, Jump], 0),
        new(HlOpcode.OJUGte, [Read, Read, Jump], 0),
        new(HlOpcode.OJNotLt, [Read, Read, Jump], 0),
        new(HlOpcode.OJNotGte, [Read, Read, Jump], 0),
        new(HlOpcode.OJEq, [Read, Read, Jump], 0),
        new(HlOpcode.OJNotEq, [Read, Read, Jump], 0),
        new(HlOpcode.OJAlways, [Jump], 0),
        new(HlOpcode.OToDyn, [Written, Read], 0),
        new(HlOpcode.OToSFloat, [Written, Read], 0),
        new(HlOpcode.OToUFloat, [Written, Read], 0),
        new(HlOpcode.OToInt, [Written, Read], 0),
        new(HlOpcode.OSafeCast, [Written, Read], 0),
        new(HlOpcode.OUnsafeCast, [Written, Read], 0),
        new(HlOpcode.OToVirtual, [Written, Read], 0),
        new(HlOpcode.OLabel, [], 0),
        new(HlOpcode.ORet, [Read], 0),
        new(HlOpcode.OThrow, [Read], 0),
        new(HlOpcode.ORethrow, [Read], 0),
        new(HlOpcode.OSwitch, [Read, Switch], 0),
        new(HlOpcode.ONullCheck, [Read], 0),
        new(HlOpcode.OTrap, [Written, Jump], 0),
        new(HlOpcode.OEndTrap, [Bool], 0),
        new(HlOpcode.OGetI8, [Written, Read, Read], 0),
        new(HlOpcode.OGetI16, [Written, Read, Read], 0),
        new(HlOpcode.OGetMem, [Written, Read, Read], 0),
        new(HlOpcode.OGetArray, [Written, Read, Read], 0),
        new(HlOpcode.OSetI8, [Read, Read, Read], 0),
        new(HlOpcode.OSetI16, [Read, Read, Read], 0),
        new(HlOpcode.OSetMem, [Read, Read, Read], 0),
        new(HlOpcode.OSetArray, [Read, Read, Read], 0),
        new(HlOpcode.ONew, [Written], 0),
        new(HlOpcode.OArraySize, [Written, Read], 0),
        new(HlOpcode.OType, [Written, HlOperandKind.Type], 0),
        new(HlOpcode.OGetType, [Written, Read], 0),
        new(HlOpcode.OGetTID, [Written, Read], 0),
        new(HlOpcode.ORef, [Written, Read], 0),
        new(HlOpcode.OUnref, [Written, Read], 0),
        new(HlOpcode.OSetref, [Read, Read], 0),
        new(HlOpcode.OMakeEnum, [Written, Constructor], -1),
        new(HlOpcode.OEnumAlloc, [Written, Constructor], 0),
        new(HlOpcode.OEnumIndex, [Written, Read], 0),
        new(HlOpcode.OEnumField, [Written, Read, Constructor, Parameter], 0),
        new(HlOpcode.OSetEnumField, [Read, Parameter, Read], 0),
        new(HlOpcode.OAssert, [], 0),
        new(HlOpcode.ORefData, [Written, Read], 0),
        new(HlOpcode.ORefOffset, [Written, Read, Read], 0),
        new(HlOpcode.ONop, [], 0),
        new(HlOpcode.OPrefetch, [Read, Number, Number], 0),
        new(HlOpcode.OAsm, [Number, Number, Number], 0),
        new(HlOpcode.OCatch, [Global], 0),
    ];
}
