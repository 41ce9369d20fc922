using HlDynamic.Bytecode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Bytecode;

/// <summary>
/// A small module with something of everything. Function 0 is <c>Player.test</c>, whose code a test gives, and whose
/// registers hold one value of each kind, by the constants here.
/// </summary>
internal static class SampleModule
{
    public const int This = 0, I32 = 1, Other = 2, F64 = 3, Bool = 4, Bytes = 5, Dyn = 6, Fun = 7, Items = 8, TypeValue = 9;
    public const int Ref = 10, Virtual = 11, DynObj = 12, Attack = 13, Null = 14, Struct = 15, Nothing = 16, Abstract = 17, F32 = 18;
    public const int Registers = 19;

    public const int Test = 0, Add = 1, EntryPoint = 2, Native = 3, Add3 = 4, Add4 = 5, Functions = 6;

    /// <summary>The module where function 0 is this code, followed by a return unless the code has its own end.</summary>
    public static ModuleBuilder Create(byte[][] code, bool addReturn = true)
    {
        var b = new ModuleBuilder { EntryPoint = EntryPoint };
        b.Int(42);
        b.Float(2.5);
        b.String("text");
        b.Bytes(1, 2, 3);
        int i32 = b.Type(HlTypeKind.I32), f64 = b.Type(HlTypeKind.F64), nothing = b.Type(HlTypeKind.Void);
        int player = b.Obj("Player", fields: [("health", i32)], prototypes: [("test", Test, 0)]);
        int method = b.Method(i32, i32);
        int view = b.Virtual(("health", i32), ("heal", method));
        int action = b.Enum("Action", ("Idle", []), ("Attack", [i32]));
        int point = b.Obj("Point", fields: [("x", f64)], kind: HlTypeKind.Struct);
        int reference = b.Wrapper(HlTypeKind.Ref, i32);
        int optional = b.Wrapper(HlTypeKind.Null, i32);
        int closure = b.Fun(i32, i32, i32);
        int[] registers =
        [
            player, i32, i32, f64, b.Type(HlTypeKind.Bool), b.Type(HlTypeKind.Bytes), b.Type(HlTypeKind.Dyn), closure,
            b.Type(HlTypeKind.Array), b.Type(HlTypeKind.Type), reference, view, b.Type(HlTypeKind.DynObj), action, optional, point,
            nothing, b.Abstract("handle"), b.Type(HlTypeKind.F32),
        ];
        b.Global(player);
        byte[][] end = addReturn ? [Op(HlOpcode.ORet, Nothing)] : [];
        b.Function(Test, b.Fun(nothing, player), registers, [.. code, .. end]);
        b.Function(Add, closure, [i32, i32], [Op(HlOpcode.OAdd, 0, 0, 1), Op(HlOpcode.ORet, 0)]);
        b.Function(EntryPoint, b.Fun(nothing), [nothing], [Op(HlOpcode.ORet, 0)]);
        b.Native(Native, "?std", "abs", b.Fun(i32, i32));
        b.Function(Add3, b.Fun(i32, i32, i32, i32), [i32, i32, i32], [Op(HlOpcode.ORet, 0)]);
        b.Function(Add4, b.Fun(i32, i32, i32, i32, i32), [i32, i32, i32, i32], [Op(HlOpcode.ORet, 0)]);
        return b;
    }

    /// <summary>A use of each opcode that is right.</summary>
    public static readonly (HlOpcode Opcode, int[] Operands)[] ValidInstructions =
    [
        (HlOpcode.OMov, [I32, Other]), (HlOpcode.OInt, [I32, 0]), (HlOpcode.OFloat, [F64, 0]), (HlOpcode.OBool, [Bool, 1]),
        (HlOpcode.OBytes, [Bytes, 0]), (HlOpcode.OString, [Bytes, 0]), (HlOpcode.ONull, [Dyn]),
        (HlOpcode.OAdd, [I32, I32, Other]), (HlOpcode.OSub, [F64, F64, F64]), (HlOpcode.OMul, [I32, I32, Other]),
        (HlOpcode.OSDiv, [I32, I32, Other]), (HlOpcode.OUDiv, [I32, I32, Other]), (HlOpcode.OSMod, [F64, F64, F64]),
        (HlOpcode.OUMod, [I32, I32, Other]), (HlOpcode.OShl, [I32, I32, Other]), (HlOpcode.OSShr, [I32, I32, Other]),
        (HlOpcode.OUShr, [I32, I32, Other]), (HlOpcode.OAnd, [I32, I32, Other]), (HlOpcode.OOr, [I32, I32, Other]),
        (HlOpcode.OXor, [I32, I32, Other]), (HlOpcode.ONeg, [F64, F64]), (HlOpcode.ONot, [Bool, Bool]),
        (HlOpcode.OIncr, [I32]), (HlOpcode.ODecr, [I32]), (HlOpcode.OCall0, [Nothing, EntryPoint]), (HlOpcode.OCall1, [I32, Native, Other]),
        (HlOpcode.OCall2, [I32, Add, I32, Other]), (HlOpcode.OCall3, [I32, Add3, I32, I32, I32]),
        (HlOpcode.OCall4, [I32, Add4, I32, I32, I32, I32]), (HlOpcode.OCallN, [I32, Add3, 3, I32, I32, I32]),
        (HlOpcode.OCallMethod, [Nothing, 0, 1, This]), (HlOpcode.OCallThis, [Nothing, 0, 0]), (HlOpcode.OCallClosure, [I32, Fun, 2, I32, Other]),
        (HlOpcode.OStaticClosure, [Fun, Add]), (HlOpcode.OInstanceClosure, [Dyn, Test, This]), (HlOpcode.OVirtualClosure, [Dyn, This, 0]),
        (HlOpcode.OGetGlobal, [This, 0]), (HlOpcode.OSetGlobal, [0, This]), (HlOpcode.OField, [I32, This, 0]),
        (HlOpcode.OSetField, [Virtual, 0, I32]), (HlOpcode.OGetThis, [I32, 0]), (HlOpcode.OSetThis, [0, I32]),
        (HlOpcode.ODynGet, [Dyn, DynObj, 0]), (HlOpcode.ODynSet, [DynObj, 0, I32]), (HlOpcode.OJTrue, [Bool, 0]),
        (HlOpcode.OJFalse, [Bool, 0]), (HlOpcode.OJNull, [Dyn, 0]), (HlOpcode.OJNotNull, [Ref, 0]), (HlOpcode.OJSLt, [I32, Other, 0]),
        (HlOpcode.OJSGte, [F64, F64, 0]), (HlOpcode.OJSGt, [I32, Other, 0]), (HlOpcode.OJSLte, [I32, Other, 0]),
        (HlOpcode.OJULt, [I32, Other, 0]), (HlOpcode.OJUGte, [I32, Other, 0]), (HlOpcode.OJNotLt, [F64, F64, 0]),
        (HlOpcode.OJNotGte, [F64, F64, 0]), (HlOpcode.OJEq, [Dyn, This, 0]), (HlOpcode.OJNotEq, [Virtual, This, 0]), (HlOpcode.OJAlways, [0]),
        (HlOpcode.OToDyn, [Dyn, I32]), (HlOpcode.OToSFloat, [F64, I32]), (HlOpcode.OToUFloat, [F64, I32]), (HlOpcode.OToInt, [I32, F64]),
        (HlOpcode.OSafeCast, [I32, Dyn]), (HlOpcode.OUnsafeCast, [This, Dyn]), (HlOpcode.OToVirtual, [Virtual, This]), (HlOpcode.OLabel, []),
        (HlOpcode.ORet, [Nothing]), (HlOpcode.OThrow, [Dyn]), (HlOpcode.ORethrow, [Dyn]), (HlOpcode.OSwitch, [I32, 2, 0, 0, 0]),
        (HlOpcode.ONullCheck, [This]), (HlOpcode.OGetI8, [I32, Bytes, Other]), (HlOpcode.OGetI16, [I32, Bytes, Other]),
        (HlOpcode.OGetMem, [F64, Bytes, I32]), (HlOpcode.OGetArray, [Dyn, Items, I32]), (HlOpcode.OSetI8, [Bytes, I32, Other]),
        (HlOpcode.OSetI16, [Bytes, I32, Other]), (HlOpcode.OSetMem, [Bytes, I32, F64]), (HlOpcode.OSetArray, [Items, I32, Dyn]),
        (HlOpcode.ONew, [DynObj]), (HlOpcode.OArraySize, [I32, Items]), (HlOpcode.OType, [TypeValue, 0]), (HlOpcode.OGetType, [TypeValue, Dyn]),
        (HlOpcode.OGetTID, [I32, TypeValue]), (HlOpcode.ORef, [Ref, I32]), (HlOpcode.OUnref, [I32, Ref]), (HlOpcode.OSetref, [Ref, I32]),
        (HlOpcode.OMakeEnum, [Attack, 1, 1, I32]), (HlOpcode.OEnumAlloc, [Attack, 0]), (HlOpcode.OEnumIndex, [I32, Attack]),
        (HlOpcode.OEnumField, [I32, Attack, 1, 0]), (HlOpcode.OAssert, []), (HlOpcode.ORefData, [Ref, Items]),
        (HlOpcode.ORefOffset, [Ref, Ref, I32]), (HlOpcode.ONop, []), (HlOpcode.OPrefetch, [This, 1, 0]), (HlOpcode.OAsm, [0, 0, 0]),
        (HlOpcode.OCatch, [0]),
    ];
}
