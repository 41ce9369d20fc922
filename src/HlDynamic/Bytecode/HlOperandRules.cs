using static HlDynamic.Bytecode.HlKinds;

namespace HlDynamic.Bytecode;

/// <summary>What else has to hold for the registers of an instruction.</summary>
internal enum HlOperandRelation : byte
{
    None,
    /// <summary>All registers are of one kind.</summary>
    AllSame,
    /// <summary>A and B are of one kind.</summary>
    FirstTwoSame,
    /// <summary>A and B are both references or neither is.</summary>
    BothRefsOrNone,
    /// <summary>The same, but a reference can be made from a value that is boxed (an optional argument).</summary>
    Castable,
    /// <summary>A and B are compared for equality.</summary>
    Equatable,
    /// <summary>A and B are compared for order.</summary>
    Comparable,
}

/// <summary>
/// The kinds of register each instruction works on, as HashLink's compiler takes them for granted (jit.c). Which types
/// may be assigned to which is not told here: compiled code converts and checks.
/// </summary>
internal sealed record HlOperandRules(HlKinds A, HlKinds B = HlKinds.None, HlKinds C = HlKinds.None, HlOperandRelation Relation = HlOperandRelation.None)
{
    private static readonly HlOperandRules?[] Table = CreateTable();

    /// <summary>The rules of an opcode; a set is empty for an operand that is not a register.</summary>
    public static HlOperandRules Get(HlOpcode opcode) => Table[(int)opcode]!;

    /// <summary>The rules by opcode, for loops.</summary>
    public static ReadOnlySpan<HlOperandRules> All => Table!;

    private static HlOperandRules?[] CreateTable()
    {
        var table = new HlOperandRules?[HlOpcodes.Count];

        void Add(HlOperandRules rules, params HlOpcode[] opcodes)
        {
            foreach (HlOpcode opcode in opcodes)
                table[(int)opcode] = rules;
        }

        // Constants and moves.
        Add(new(ValueOrRef | HlKinds.Void, ValueOrRef | HlKinds.Void, Relation: HlOperandRelation.BothRefsOrNone), HlOpcode.OMov, HlOpcode.OUnsafeCast);
        Add(new(ValueOrRef | HlKinds.Void, ValueOrRef | HlKinds.Void, Relation: HlOperandRelation.Castable), HlOpcode.OSafeCast);
        Add(new(Integer), HlOpcode.OInt, HlOpcode.OIncr, HlOpcode.ODecr);
        Add(new(Float), HlOpcode.OFloat);
        Add(new(Bool), HlOpcode.OBool);
        Add(new(Bytes), HlOpcode.OBytes, HlOpcode.OString);
        Add(new(Pointer), HlOpcode.ONull, HlOpcode.ONullCheck);

        // Numbers.
        Add(new(Number, Number, Number, HlOperandRelation.AllSame),
            HlOpcode.OAdd, HlOpcode.OSub, HlOpcode.OMul, HlOpcode.OSDiv, HlOpcode.OSMod);
        Add(new(Integer, Integer, Integer, HlOperandRelation.AllSame),
            HlOpcode.OUDiv, HlOpcode.OUMod, HlOpcode.OAnd, HlOpcode.OOr, HlOpcode.OXor);
        Add(new(Integer, Integer, Integer, HlOperandRelation.FirstTwoSame), HlOpcode.OShl, HlOpcode.OSShr, HlOpcode.OUShr);
        Add(new(Number, Number, Relation: HlOperandRelation.AllSame), HlOpcode.ONeg);
        Add(new(Bool, Bool), HlOpcode.ONot);
        Add(new(Float, Number), HlOpcode.OToSFloat, HlOpcode.OToUFloat);
        Add(new(Integer, Number), HlOpcode.OToInt);

        // Calls and closures.
        Add(new(Result), HlOpcode.OCall0, HlOpcode.OCall1, HlOpcode.OCall2, HlOpcode.OCall3, HlOpcode.OCall4,
            HlOpcode.OCallN, HlOpcode.OCallMethod, HlOpcode.OCallThis);
        Add(new(Result, Function | Dyn), HlOpcode.OCallClosure);
        Add(new(Fun | Dyn), HlOpcode.OStaticClosure);
        Add(new(Fun | Dyn, C: Pointer & ~Ref), HlOpcode.OInstanceClosure);
        Add(new(Fun | Dyn, Obj), HlOpcode.OVirtualClosure);

        // Globals and fields.
        Add(new(Value), HlOpcode.OGetGlobal);
        Add(new(HlKinds.None, Value), HlOpcode.OSetGlobal);
        Add(new(Value, Fields), HlOpcode.OField);
        Add(new(Fields, C: Value), HlOpcode.OSetField);
        Add(new(Value), HlOpcode.OGetThis);
        Add(new(HlKinds.None, Value), HlOpcode.OSetThis);
        Add(new(Value, Dyn | Obj | DynObj | Virtual), HlOpcode.ODynGet);
        Add(new(Dyn | Obj | DynObj | Virtual, C: Value), HlOpcode.ODynSet);

        // Jumps.
        Add(new(Bool), HlOpcode.OJTrue, HlOpcode.OJFalse);
        Add(new(Pointer), HlOpcode.OJNull, HlOpcode.OJNotNull);
        Add(new(Value, Value, Relation: HlOperandRelation.Comparable),
            HlOpcode.OJSLt, HlOpcode.OJSGte, HlOpcode.OJSGt, HlOpcode.OJSLte, HlOpcode.OJULt, HlOpcode.OJUGte,
            HlOpcode.OJNotLt, HlOpcode.OJNotGte);
        Add(new(ValueOrRef, ValueOrRef, Relation: HlOperandRelation.Equatable), HlOpcode.OJEq, HlOpcode.OJNotEq);
        Add(new(HlKinds.None), HlOpcode.OJAlways, HlOpcode.OLabel, HlOpcode.OEndTrap, HlOpcode.OAssert, HlOpcode.ONop,
            HlOpcode.OAsm, HlOpcode.OCatch);
        Add(new(Integer), HlOpcode.OSwitch);
        Add(new(Result), HlOpcode.ORet);
        Add(new(HlKinds.Dynamic), HlOpcode.OThrow, HlOpcode.ORethrow);
        Add(new(Dyn), HlOpcode.OTrap);

        // Casts and types.
        Add(new(Dyn | Null, Value), HlOpcode.OToDyn);
        Add(new(Virtual, Dyn | Obj | DynObj | Virtual), HlOpcode.OToVirtual);
        Add(new(HlKinds.Type), HlOpcode.OType);
        Add(new(HlKinds.Type, HlKinds.Dynamic), HlOpcode.OGetType);
        Add(new(I32, HlKinds.Type), HlOpcode.OGetTID);
        Add(new(Obj | Struct | Virtual | DynObj), HlOpcode.ONew);

        // Memory, arrays and references.
        Add(new(Integer, Bytes, I32), HlOpcode.OGetI8, HlOpcode.OGetI16);
        Add(new(Number | HlKinds.Guid, Bytes, I32), HlOpcode.OGetMem);
        Add(new(Bytes, I32, Integer), HlOpcode.OSetI8, HlOpcode.OSetI16);
        Add(new(Bytes, I32, Number | HlKinds.Guid), HlOpcode.OSetMem);
        Add(new(Value, HlKinds.Array | Abstract, I32), HlOpcode.OGetArray);
        Add(new(HlKinds.Array | Abstract, I32, Value), HlOpcode.OSetArray);
        Add(new(I32, HlKinds.Array | Abstract), HlOpcode.OArraySize);
        Add(new(Ref, Value), HlOpcode.ORef);
        Add(new(Value, Ref), HlOpcode.OUnref);
        Add(new(Ref, Value), HlOpcode.OSetref);
        Add(new(Ref, HlKinds.Array), HlOpcode.ORefData);
        Add(new(Ref, Ref, I32), HlOpcode.ORefOffset);
        Add(new(Result), HlOpcode.OPrefetch);

        // Enums.
        Add(new(HlKinds.Enum), HlOpcode.OMakeEnum, HlOpcode.OEnumAlloc);
        Add(new(I32, HlKinds.Enum | Dyn), HlOpcode.OEnumIndex);
        Add(new(Value, HlKinds.Enum), HlOpcode.OEnumField);
        Add(new(HlKinds.Enum, C: Value), HlOpcode.OSetEnumField);
        return table;
    }
}
