namespace HlDynamic.Bytecode;

/// <summary>Checks the registers and instructions of functions against the module they belong to.</summary>
internal sealed class HlFunctionValidator(HlModule module, HlModuleReader source)
{
    private HlFunctionDef function = null!;
    private int position;
    private int index;

    /// <summary>Checks a function.</summary>
    /// <param name="position">Its position in the file.</param>
    public void Validate(int position)
    {
        this.position = position;
        function = module.Functions[position];
        CheckRegisters();
        bool hasTraps = false;
        HlInstruction[] instructions = function.Body.Instructions;
        if (instructions.Length == 0)
            throw InvalidFunction("it has no instructions");
        for (index = 0; index < instructions.Length; index++)
        {
            ref readonly HlInstruction instruction = ref instructions[index];
            CheckOperands(instruction);
            CheckKinds(instruction, HlOperandRules.Get(instruction.Opcode));
            CheckMeaning(instruction);
            if (instruction.Opcode == HlOpcode.OSetGlobal)
                module.AssignedGlobals![instruction.A] = true;
            hasTraps |= instruction.Opcode is HlOpcode.OTrap or HlOpcode.OEndTrap;
        }

        if (!hasTraps && HlFlow.IsEnd(instructions[^1].Opcode))
            return;
        HlTrapAnalysis.Compute(function, out var problem);
        if (problem is { } found)
        {
            index = found.Instruction;
            throw Invalid(found.Reason);
        }
    }

    private void CheckRegisters()
    {
        var parameters = function.Type.Parameters;
        if (function.Type.Kind != HlTypeKind.Fun)
            throw InvalidFunction($"its signature is of kind {function.Type.Kind}");
        if (function.Registers.Length < parameters.Length)
            throw InvalidFunction($"it has {function.Registers.Length} registers for {parameters.Length} parameters");
        for (int i = 0; i < function.Registers.Length; i++)
        {
            HlTypeDef type = function.Registers[i];
            if (type.Kind == HlTypeKind.Packed)
                throw InvalidFunction($"register {i} is {type}");
            if (i < parameters.Length && type != parameters[i])
                throw InvalidFunction($"register {i} is {type}, but the parameter is {parameters[i]}");
        }
    }

    private void CheckOperands(in HlInstruction instruction)
    {
        HlOperandKind[] operands = HlOpcodes.OperandsOf(instruction.Opcode);
        for (int i = 0; i < operands.Length; i++)
        {
            int value = i switch { 0 => instruction.A, 1 => instruction.B, 2 => instruction.C, _ => instruction.D };
            switch (operands[i])
            {
                case HlOperandKind.Written or HlOperandKind.Read or HlOperandKind.Updated:
                    CheckRange(value, function.Registers.Length, "register");
                    break;
                case HlOperandKind.Jump:
                    CheckJump(value);
                    break;
                case HlOperandKind.Function:
                    CheckRange(value, module.CallableCount, "function");
                    break;
                case HlOperandKind.Global:
                    CheckRange(value, module.Globals.Length, "global");
                    break;
                case HlOperandKind.Int:
                    CheckRange(value, module.IntCount, "int");
                    break;
                case HlOperandKind.Float:
                    CheckRange(value, module.FloatCount, "float");
                    break;
                case HlOperandKind.String:
                    CheckRange(value, module.Strings.Length, "string");
                    break;
                case HlOperandKind.Bytes:
                    CheckRange(value, module.ByteConstantCount, "byte constant");
                    break;
                case HlOperandKind.Type:
                    CheckRange(value, module.Types.Length, "type");
                    break;
                case HlOperandKind.Bool:
                    CheckRange(value, 2, "bool");
                    break;
            }
        }

        if (instruction.ArgumentCount == 0)
            return;
        foreach (int argument in function.Arguments(instruction))
        {
            if (instruction.Opcode == HlOpcode.OSwitch)
                CheckJump(argument);
            else
                CheckRange(argument, function.Registers.Length, "register");
        }
    }

    private void CheckJump(int distance)
    {
        long target = index + 1L + distance;
        if (target < 0 || target >= function.Body.Instructions.Length)
            throw Invalid($"it jumps to instruction {target} of {function.Body.Instructions.Length}");
    }

    private void CheckRange(int value, int count, string what)
    {
        if ((uint)value >= (uint)count)
            throw Invalid($"{what} {value} of {count}");
    }

    private void CheckKinds(in HlInstruction instruction, HlOperandRules rules)
    {
        if (rules.A != HlKinds.None)
            CheckKind(instruction.A, rules.A);
        if (rules.B != HlKinds.None)
            CheckKind(instruction.B, rules.B);
        if (rules.C != HlKinds.None)
            CheckKind(instruction.C, rules.C);
        if (rules.Relation != HlOperandRelation.None)
            CheckRelation(instruction, rules);
    }

    private void CheckKind(int register, HlKinds kinds)
    {
        HlTypeDef type = function.Registers[register];
        if ((kinds & Bit(type)) == 0)
            throw Invalid($"register {register} is {type}, which it does not work on");
    }

    private void CheckRelation(in HlInstruction instruction, HlOperandRules rules)
    {
        HlTypeDef a = function.Registers[instruction.A];
        HlTypeDef b = function.Registers[instruction.B];
        bool isValid = rules.Relation switch
        {
            HlOperandRelation.AllSame => a.Kind == b.Kind && (rules.C == HlKinds.None || function.Registers[instruction.C].Kind == a.Kind),
            HlOperandRelation.FirstTwoSame => a.Kind == b.Kind,
            HlOperandRelation.BothRefsOrNone => (a.Kind == HlTypeKind.Ref) == (b.Kind == HlTypeKind.Ref)
                && (a.Kind == HlTypeKind.Void || b.Kind != HlTypeKind.Void),
            HlOperandRelation.Castable => a.Kind == HlTypeKind.Ref
                ? b.Kind is HlTypeKind.Ref or HlTypeKind.Dyn or HlTypeKind.Null
                : b.Kind != HlTypeKind.Ref && (a.Kind == HlTypeKind.Void || b.Kind != HlTypeKind.Void),
            HlOperandRelation.Equatable => AreEquatable(a, b),
            _ => AreComparable(a, b),
        };
        if (!isValid)
            throw Invalid($"it does not work on {a} and {b} together");
    }

    private static bool AreComparable(HlTypeDef a, HlTypeDef b) => AreComparedDynamically(a, b)
        || (a.Kind == b.Kind && (Bit(a) & (HlKinds.Number | HlKinds.Bool | HlKinds.Bytes | HlKinds.Obj | HlKinds.Struct)) != 0);

    private static bool AreEquatable(HlTypeDef a, HlTypeDef b) => AreComparedDynamically(a, b)
        || a.Kind == b.Kind
        || ((Bit(a) | Bit(b)) & ~(HlKinds.Obj | HlKinds.Virtual)) == 0;

    private static bool AreComparedDynamically(HlTypeDef a, HlTypeDef b)
    {
        HlKinds both = Bit(a) | Bit(b);
        return (both & (HlKinds.Dyn | HlKinds.Fun)) != 0 && (both & ~HlKinds.Dynamic) == 0;
    }

    private void CheckMeaning(in HlInstruction instruction)
    {
        switch (instruction.Opcode)
        {
            case >= HlOpcode.OCall0 and <= HlOpcode.OCallN:
                CheckArguments(function.Arguments(instruction), module.GetSignature(instruction.B), 0);
                break;
            case HlOpcode.OCallMethod:
                CheckMethodCall(instruction);
                break;
            case HlOpcode.OCallThis:
                CheckArguments(function.Arguments(instruction), FindMethod(This(HlKinds.Obj), instruction.B), 1);
                break;
            case HlOpcode.OCallClosure:
                CheckClosureCall(instruction);
                break;
            case HlOpcode.OInstanceClosure:
                CheckInstanceClosure(instruction);
                break;
            case HlOpcode.OVirtualClosure:
                FindMethod(function.Registers[instruction.B], instruction.C);
                break;
            case HlOpcode.OField:
                FindField(function.Registers[instruction.B], instruction.C);
                break;
            case HlOpcode.OSetField:
                FindField(function.Registers[instruction.A], instruction.B);
                break;
            case HlOpcode.OGetThis:
                FindField(This(HlKinds.Obj | HlKinds.Struct), instruction.B);
                break;
            case HlOpcode.OSetThis:
                FindField(This(HlKinds.Obj | HlKinds.Struct), instruction.A);
                break;
            case HlOpcode.OPrefetch when instruction.B > 0:
                FindField(function.Registers[instruction.A], instruction.B - 1);
                break;
            case HlOpcode.OAsm when instruction.C > 0:
                CheckRange(instruction.C - 1, function.Registers.Length, "register");
                break;
            case HlOpcode.ORet:
                CheckReturn(instruction);
                break;
            case HlOpcode.ORef or HlOpcode.OSetref:
                CheckReference(function.Registers[instruction.A], function.Registers[instruction.B]);
                break;
            case HlOpcode.OUnref:
                CheckReference(function.Registers[instruction.B], function.Registers[instruction.A]);
                break;
            case HlOpcode.ORefOffset:
                CheckReference(function.Registers[instruction.A], ((HlWrapperTypeDef)function.Registers[instruction.B]).Inner);
                break;
            case HlOpcode.OMakeEnum:
                CheckEnumArguments(instruction);
                break;
            case HlOpcode.OEnumAlloc:
                FindConstructor(instruction.A, instruction.B);
                break;
            case HlOpcode.OEnumField:
                CheckRange(instruction.D, FindConstructor(instruction.B, instruction.C).Parameters.Length, "parameter");
                break;
            case HlOpcode.OSetEnumField:
                CheckRange(instruction.B, FindConstructor(instruction.A, 0).Parameters.Length, "parameter");
                break;
        }
    }

    private void CheckMethodCall(in HlInstruction instruction)
    {
        ReadOnlySpan<int> arguments = function.Arguments(instruction);
        if (arguments.Length == 0)
            throw Invalid("it calls a method without an object");
        HlTypeDef type = function.Registers[arguments[0]];
        if (type is not HlVirtualTypeDef)
        {
            CheckArguments(arguments, FindMethod(type, instruction.B), 0);
            return;
        }

        HlFieldDef field = FindField(type, instruction.B);
        if (field.Type is not HlFunctionTypeDef { Kind: HlTypeKind.Method } signature)
            throw Invalid($"field {field.Name} is {field.Type}, not a method");
        CheckArguments(arguments, signature, -1);
    }

    private void CheckClosureCall(in HlInstruction instruction)
    {
        ReadOnlySpan<int> arguments = function.Arguments(instruction);
        if (function.Registers[instruction.B] is HlFunctionTypeDef signature)
        {
            // Where a Dynamic is known to hold a function, the compiler calls it as one with whatever arguments there are.
            for (int i = 0; i < Math.Min(arguments.Length, signature.Parameters.Length); i++)
            {
                HlTypeDef argument = function.Registers[arguments[i]];
                if (signature.Parameters[i].Kind != HlTypeKind.Ref || argument.Kind == HlTypeKind.Ref)
                    CheckArgument(arguments[i], signature.Parameters[i]);
                else
                    CheckKind(arguments[i], HlKinds.Value);
            }
            return;
        }

        foreach (int argument in arguments)
            CheckKind(argument, HlKinds.Dynamic);
    }

    private void CheckInstanceClosure(in HlInstruction instruction)
    {
        if (module.FindFunction(instruction.B) is not { } target)
            throw Invalid($"function {instruction.B} is a native, which cannot hold a value");
        if (target.Type.Parameters.Length == 0)
            throw Invalid($"function {instruction.B} has no parameter for the value");
    }

    // The difference is 1 where the object is a parameter but not an argument, and -1 the other way round.
    private void CheckArguments(ReadOnlySpan<int> arguments, HlFunctionTypeDef signature, int difference)
    {
        int given = arguments.Length + difference;
        if (given != signature.Parameters.Length)
            throw Invalid($"{given} arguments for {signature}");
        for (int i = Math.Max(0, -difference); i < arguments.Length; i++)
            CheckArgument(arguments[i], signature.Parameters[i + difference]);
    }

    private void CheckArgument(int register, HlTypeDef parameter)
    {
        HlTypeDef argument = function.Registers[register];
        bool isNothing = argument.Kind == HlTypeKind.Void && parameter.Kind != HlTypeKind.Void;
        if (isNothing || (argument.Kind == HlTypeKind.Ref) != (parameter.Kind == HlTypeKind.Ref))
            throw Invalid($"register {register} is {argument}, but the parameter is {parameter}");
    }

    private HlFunctionTypeDef FindMethod(HlTypeDef type, int slot)
    {
        if (type is not HlObjectTypeDef { Kind: HlTypeKind.Obj } obj)
            throw Invalid($"{type} has no virtual methods");
        if ((uint)slot >= (uint)obj.VirtualCount)
            throw Invalid($"virtual method of {type}: {slot} of {obj.VirtualCount}");
        return obj.GetSlotSignature(slot);
    }

    private HlFieldDef FindField(HlTypeDef type, int field)
    {
        int count = type switch
        {
            HlObjectTypeDef o => o.FieldCount,
            HlVirtualTypeDef v => v.Fields.Length,
            _ => throw Invalid($"{type} has no fields"),
        };
        if ((uint)field >= (uint)count)
            throw Invalid($"field {field} of {count} in {type}");
        return type is HlObjectTypeDef obj ? obj.GetField(field) : ((HlVirtualTypeDef)type).Fields[field];
    }

    private HlEnumConstructorDef FindConstructor(int register, int constructor)
    {
        var type = (HlEnumTypeDef)function.Registers[register];
        if ((uint)constructor >= (uint)type.Constructors.Length)
            throw Invalid($"constructor of {type}: {constructor} of {type.Constructors.Length}");
        return type.Constructors[constructor];
    }

    private void CheckEnumArguments(in HlInstruction instruction)
    {
        HlEnumConstructorDef constructor = FindConstructor(instruction.A, instruction.B);
        ReadOnlySpan<int> arguments = function.Arguments(instruction);
        if (arguments.Length != constructor.Parameters.Length)
            throw Invalid($"{arguments.Length} arguments for constructor {constructor.Name} of {constructor.Parameters.Length} parameters");
        foreach (int argument in arguments)
            CheckKind(argument, HlKinds.Value);
    }

    private HlTypeDef This(HlKinds kinds)
    {
        if (function.Registers.Length == 0)
            throw Invalid("there is no register 0");
        CheckKind(0, kinds);
        return function.Registers[0];
    }

    private void CheckReturn(in HlInstruction instruction)
    {
        HlTypeDef type = function.Registers[instruction.A];
        HlTypeDef result = function.Type.Return;
        if (result.Kind != HlTypeKind.Void && type.Kind == HlTypeKind.Void)
            throw Invalid($"it returns nothing, but the function returns {result}");
        if (type.Kind == HlTypeKind.Ref && result.Kind != HlTypeKind.Void)
            throw Invalid("it returns a reference, which is not supported");
    }

    private void CheckReference(HlTypeDef reference, HlTypeDef value)
    {
        HlTypeDef inner = ((HlWrapperTypeDef)reference).Inner;
        if (inner != value)
            throw Invalid($"{reference} cannot refer to {value}");
    }

    private static HlKinds Bit(HlTypeDef type) => (HlKinds)(1u << (int)type.Kind);

    private HlBytecodeException Invalid(string reason) => source.InvalidInstruction(function, position, index, reason);

    private HlBytecodeException InvalidFunction(string reason) => source.InvalidFunction(function, position, reason);
}
