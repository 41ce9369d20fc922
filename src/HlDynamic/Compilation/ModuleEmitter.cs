using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Defines and fills the methods of a module's assembly, and holds what they share.</summary>
internal sealed partial class ModuleEmitter
{
    private readonly ClrNames names;
    private readonly MethodDefinition?[] methods, tried;
    private readonly ClrMethod?[] staticTargets;
    private readonly ClrMethod?[] boundTargets;
    private readonly NativeTarget?[] natives;
    private readonly TypeDefinition moduleType, functionsType;
    private readonly FieldDefinition[] globals;
    private readonly HlConstantDef?[] constants;
    private HlFunctionDef? current;
    private int currentInstruction;
    private int thunks;

    public ModuleEmitter(HlModule module, ClrNames names, ModuleTypes types, CompilerOptions options)
    {
        Module = module;
        Types = types;
        Options = options;
        this.names = names;
        methods = new MethodDefinition?[module.CallableCount];
        staticTargets = new ClrMethod?[module.CallableCount];
        boundTargets = new ClrMethod?[module.CallableCount];
        natives = new NativeTarget?[module.CallableCount];
        tried = new MethodDefinition?[module.CallableCount];
        constants = FindConstants(module);
        Symbols = new SymbolWriter(module.DebugFiles, module.Size);
        Pool = new ConstantPool(types);
        Wrappers = new FunctionWrappers(this);
        Casts = new ClassCasts(this);
        Structures = new StructureAccess(this);
        var stacks = new StackUse(module);
        Throws = new ThrowAnalysis(module);
        Recursion = new RecursionAnalysis(module, stacks, Throws);
        Catch = stacks.AsksLate ? RuntimeMembers.CatchWithCallers : RuntimeMembers.Catch;
        LateBindings = new LateBindings(module);
        DynType = FindType(module, HlTypeKind.Dyn);
        IntType = FindType(module, HlTypeKind.I32);

        const TypeAttributes holder = TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed;
        moduleType = types.Define(ClrNames.Module, holder, typeof(object));
        const FieldAttributes fixedField = FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly;
        InstanceField = moduleType.DefineField("Instance", typeof(HlModuleInstance), fixedField);
        ContextField = moduleType.DefineField("Context", typeof(HlContext), fixedField);
        TypesField = moduleType.DefineField("Types", typeof(HlType[]), fixedField);
        CodeWriter il = moduleType.Initializer;
        il.Emit(OpCodes.Call, RuntimeMembers.CurrentInstance);
        il.Emit(OpCodes.Stsfld, InstanceField);
        il.Emit(OpCodes.Ldsfld, InstanceField);
        il.Emit(OpCodes.Call, RuntimeMembers.InstanceContext);
        il.Emit(OpCodes.Stsfld, ContextField);
        il.Emit(OpCodes.Ldsfld, InstanceField);
        il.Emit(OpCodes.Call, RuntimeMembers.InstanceTypes);
        il.Emit(OpCodes.Stsfld, TypesField);
        il.Emit(OpCodes.Ret);

        functionsType = types.Define(ClrNames.Functions, holder | TypeAttributes.BeforeFieldInit, typeof(object));
        GlobalsType = types.Define(ClrNames.Globals, holder | TypeAttributes.BeforeFieldInit, typeof(object));
        globals = new FieldDefinition[module.Globals.Length];
    }

    private static HlTypeDef FindType(HlModule module, HlTypeKind kind)
    {
        foreach (HlTypeDef type in module.Types)
            if (type.Kind == kind)
                return type;
        return new HlTypeDef(-1, kind);
    }

    public HlModule Module { get; }

    public ModuleTypes Types { get; }

    public CompilerOptions Options { get; }

    public SymbolWriter Symbols { get; }

    public ConstantPool Pool { get; }

    public FunctionWrappers Wrappers { get; }

    public ClassCasts Casts { get; }

    public StructureAccess Structures { get; }

    public RecursionAnalysis Recursion { get; }

    public ThrowAnalysis Throws { get; }

    /// <summary>What makes a Haxe value of a caught exception.</summary>
    public MethodInfo Catch { get; }

    public LateBindings LateBindings { get; }

    public TypeDefinition GlobalsType { get; }

    public FieldDefinition InstanceField { get; }

    public FieldDefinition ContextField { get; }

    public FieldDefinition TypesField { get; }

    /// <summary>The type <c>dyn</c>, also where the module does not mention it.</summary>
    public HlTypeDef DynType { get; }

    /// <summary>The type of 32-bit integers.</summary>
    public HlTypeDef IntType { get; }

    /// <summary>An error that names the function and instruction being compiled.</summary>
    public HlBytecodeException Refuse(string reason)
    {
        if (current is null)
            return new HlBytecodeException(Module.Name, -1, reason);
        HlOpcode opcode = current.Body.Instructions[currentInstruction].Opcode;
        return new HlBytecodeException(Module.Name, -1, $"function {current.Index} ({current}), instruction {currentInstruction} {opcode}: {reason}");
    }

    /// <summary>Notes what is being compiled, for errors.</summary>
    public void At(HlFunctionDef? function, int instruction)
    {
        current = function;
        currentInstruction = instruction;
    }

    /// <summary>The global's field; for a string constant nobody writes to, its pooled value.</summary>
    public ClrField Global(int index) => FindText(index) is var text and >= 0
        ? Pool.Get("text" + text, Types.Of(Module.Globals[index]), il => EmitText(il, text))
        : globals[index];

    /// <summary>The number of the string that a global holds all the time; -1 for other globals.</summary>
    public int FindText(int global) =>
        constants[global] is { } constant && Module.Globals[global] == Types.StringType && constant.Fields.Length == 2
            && Module.Strings[constant.Fields[0]].Length == Module.Int(constant.Fields[1]) ? constant.Fields[0] : -1;

    /// <summary>Loads a string constant, without the pool.</summary>
    public void EmitText(CodeWriter il, int text)
    {
        il.Emit(OpCodes.Ldsfld, InstanceField);
        var code = new CodeEmitter(this, il);
        code.LoadType(Types.StringType!);
        code.LoadInt(text);
        il.Emit(OpCodes.Call, RuntimeMembers.InstanceString);
        il.Emit(OpCodes.Castclass, Types.Of(Types.StringType!));
    }

    /// <summary>Loads the bytes of a string constant, without the pool.</summary>
    public void EmitBytesOfString(CodeWriter il, int text)
    {
        il.Emit(OpCodes.Ldsfld, InstanceField);
        il.Emit(OpCodes.Ldc_I4, text);
        il.Emit(OpCodes.Call, RuntimeMembers.InstanceBytesOfString);
    }

    /// <summary>The pooled maker of strings of the module's class.</summary>
    public FieldDefinition Texts(HlTypeDef type) => Pool.Get("texts" + type.Index, typeof(HlTexts), il =>
    {
        new CodeEmitter(this, il).LoadType(type);
        il.Emit(OpCodes.Call, RuntimeMembers.TypeTexts);
    });

    /// <summary>What <c>Type.typeof</c>, which returns values of an enum, has answered.</summary>
    public FieldDefinition Typeofs(HlTypeDef type) => Pool.Get("typeofs" + type.Index, typeof(HlTypeofs), il => il.Emit(OpCodes.Newobj, RuntimeMembers.NewTypeofs));

    /// <summary>The pooled value of an enum's constructor without parameters.</summary>
    public FieldDefinition Single(HlEnumTypeDef type, int constructor) => Pool.Get($"enum{type.Index}.{constructor}", Types.Of(type), il =>
    {
        il.Emit(OpCodes.Ldsfld, InstanceField);
        var code = new CodeEmitter(this, il);
        code.LoadType(type);
        code.LoadInt(constructor);
        il.Emit(OpCodes.Call, RuntimeMembers.InstanceEnum);
        il.Emit(OpCodes.Castclass, Types.Of(type));
    });

    // A constant that a function assigns is an ordinary global with a first value.
    private static HlConstantDef?[] FindConstants(HlModule module)
    {
        var result = new HlConstantDef?[module.Globals.Length];
        foreach (HlConstantDef constant in module.Constants)
            if (!module.AssignedGlobals![constant.GlobalIndex])
                result[constant.GlobalIndex] = constant;
        return result;
    }

    /// <summary>Defines the methods of all functions, and the fields of all globals.</summary>
    public void DefineMethods()
    {
        for (int i = 0; i < globals.Length; i++)
        {
            if (Module.Globals[i].Kind == HlTypeKind.Ref)
                throw Refuse($"global {i} is a reference");
            globals[i] = GlobalsType.DefineField("g" + i, Types.OfParameter(Module.Globals[i]), FieldAttributes.Public | FieldAttributes.Static);
        }
        foreach (HlFunctionDef function in Module.Functions)
        {
            if (function.Type.Return.Kind == HlTypeKind.Ref)
                throw Refuse($"function {function.Index} ({function}) returns a reference");
            ClrMethodName name = names.Method(function);
            // The JIT compiles a delegate's method into its caller if it is one of an object, and no other.
            if (name.Owner is null && Recursion.Calculates(function.Index) && RecursionAnalysis.FindEnvironment(function) is { } environment)
                DefineMethod(function, Types.Enum(environment).Builder, name.Name, 0);
            else if (!name.IsInstance)
                DefineMethod(function, name.Owner is null ? functionsType : Types.Class(name.Owner).Builder, name.Name, MethodAttributes.Static);
        }
        foreach (ClassShape shape in Types.Classes)
            foreach (HlPrototypeDef prototype in shape.Type.Prototypes)
                if (Module.FindFunction(prototype.FunctionIndex) is { } function)
                    DefinePrototype(shape, prototype, function);
    }

    private MethodDefinition DefineMethod(HlFunctionDef function, TypeDefinition owner, string name, MethodAttributes attributes)
    {
        ClrType[] parameters = Types.OfParameters(function.Type.Parameters);
        int first = (attributes & MethodAttributes.Static) != 0 ? 0 : 1;
        MethodDefinition method = owner.DefineMethod(name, MethodAttributes.Public | MethodAttributes.HideBySig | attributes,
            Types.Of(function.Type.Return), parameters[first..], StackUse.NeedsFrame(function) || HlKnownFunction.IsRare(function) ? MethodImplAttributes.NoInlining : 0);
        return methods[function.Index] = method;
    }

    // They are found in the function's body, which is at hand when the function is compiled.
    private static void NameParameters(HlFunctionDef function, MethodDefinition method)
    {
        if (!function.HasDebug)
            return;
        int first = function.Type.Parameters.Length - method.Parameters.Length;
        var names = new string?[method.Parameters.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = function.GetParameterName(i + first);
        method.ParameterNames = names;
    }

    // A slot of the table of virtual methods is a virtual method of the class that adds it, and each class that fills
    // the slot overrides that: with the function's own method where its signature is the slot's, else with a bridge.
    private void DefinePrototype(ClassShape shape, HlPrototypeDef prototype, HlFunctionDef function)
    {
        ClrMethodName name = names.Method(function);
        bool isOwn = name.IsInstance && name.Owner == shape.Type && methods[function.Index] is null;
        if (prototype.VirtualIndex < 0)
        {
            if (isOwn)
                DefineMethod(function, shape.Builder, name.Name, 0);
            return;
        }
        ClassSlot? inherited = shape.Super?.Slot(prototype.VirtualIndex);
        HlFunctionTypeDef signature = shape.Type.GetSlotSignature(prototype.VirtualIndex);
        bool same = isOwn && SameSignature(signature, function.Type);
        MethodAttributes attributes = MethodAttributes.Virtual | MethodAttributes.NewSlot;
        MethodDefinition slot;
        if (same && inherited is not null && OverridesByName(shape, inherited, name.Name, function.Type))
        {
            DefineMethod(function, shape.Builder, name.Name, MethodAttributes.Virtual);
            return;
        }
        if (same)
        {
            slot = DefineMethod(function, shape.Builder, name.Name, attributes);
        }
        else
        {
            if (isOwn)
                DefineMethod(function, shape.Builder, name.Name, 0);
            slot = shape.Builder.DefineMethod($"{prototype.Name}$slot{prototype.VirtualIndex}", MethodAttributes.Public | MethodAttributes.HideBySig | attributes,
                Types.Of(signature.Return), Types.OfParameters(signature.Parameters, skip: 1));
            bridges.Add(new Bridge(slot, signature, shape.Type, function));
        }
        if (inherited is { } root)
            shape.Builder.Overrides.Add(new MethodOverride(slot, root.Method));
        else
            shape.OwnSlots[prototype.VirtualIndex] = new ClassSlot(slot, signature);
    }

    // Whether a method of that name and signature overrides the slot, and no other, without a word: the JIT does not see
    // through overrides that are declared (the runtime answers that their slots differ), and calls them for real.
    private bool OverridesByName(ClassShape shape, ClassSlot slot, string name, HlFunctionTypeDef signature)
    {
        if (slot.Method.Name != name || !SameSignature(slot.Signature, signature))
            return false;
        for (ClassShape? super = shape.Super; super is not null; super = super.Super)
        {
            foreach (MethodDefinition method in super.Builder.Methods)
            {
                if (ReferenceEquals(method, slot.Method))
                    return true;
                if (method.Name == name && (method.Attributes & MethodAttributes.NewSlot) != 0)
                    return false;
            }
        }
        return false;
    }

    private Dictionary<(HlObjectTypeDef, int), MethodDefinition?>? calculations;

    /// <summary>
    /// The method that fills a slot for objects of just this class, if it only calculates with numbers: no stack lacks it where the
    /// JIT compiles it into its callers.
    /// </summary>
    public MethodDefinition? FindCalculation(HlObjectTypeDef type, int slot)
    {
        calculations ??= [];
        if (!calculations.TryGetValue((type, slot), out MethodDefinition? found))
            calculations[(type, slot)] = found = FindMethod(type, slot) is { } function && methods[function.Index] is { IsStatic: false } method
                && SameSignature(Types.Class(type).Slot(slot)!.Signature, function.Type) && RecursionAnalysis.CalculatesWithFields(function) ? method : null;
        return found;
    }

    // Only one that is of the class which fills the slot with it: what the object is, is not looked at again.
    private HlFunctionDef? FindMethod(HlObjectTypeDef type, int slot)
    {
        for (HlObjectTypeDef? t = type; t is not null; t = t.Super)
            foreach (HlPrototypeDef prototype in t.Prototypes)
                if (prototype.VirtualIndex == slot)
                    return Module.FindFunction(prototype.FunctionIndex) is { } function && names.Method(function).Owner == t ? function : null;
        return null;
    }

    private bool SameSignature(HlFunctionTypeDef a, HlFunctionTypeDef b)
    {
        if (a.Parameters.Length != b.Parameters.Length || Types.Key(a.Return) != Types.Key(b.Return))
            return false;
        for (int i = 1; i < a.Parameters.Length; i++)
            if (Types.Key(a.Parameters[i]) != Types.Key(b.Parameters[i]))
                return false;
        return true;
    }

    /// <summary>What a parameter is passed as: void is null.</summary>
    public HlTypeDef Argument(HlTypeDef parameter) => parameter.Kind == HlTypeKind.Void ? DynType : parameter;

    private readonly List<Bridge> bridges = [];

    private sealed record Bridge(MethodDefinition Slot, HlFunctionTypeDef Signature, HlObjectTypeDef Owner, HlFunctionDef Function);

    /// <summary>Compiles all functions.</summary>
    public void EmitFunctions()
    {
        var garbage = new GarbageLimit();
        foreach (HlFunctionDef function in Module.Functions)
        {
            garbage.Check();
            At(function, 0);
            NameParameters(function, methods[function.Index]!);
            if (function.IsEntryPoint)
                EmitEntryPoint(function);
            else
                EmitFunction(function);
            function.Release();
        }
        EmitTriedCopies();
        At(null, 0);
        foreach ((MethodDefinition slot, HlFunctionTypeDef signature, HlObjectTypeDef owner, HlFunctionDef function) in bridges)
        {
            var code = new CodeEmitter(this, slot.Code);
            for (int i = 0; i < function.Type.Parameters.Length; i++)
            {
                code.LoadArgument(i);
                HlTypeDef given = i == 0 ? owner : Argument(signature.Parameters[i]), expected = Argument(function.Type.Parameters[i]);
                if (given is HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference && expected.Kind != HlTypeKind.Ref)
                {
                    code.IL.Emit(OpCodes.Ldobj, Types.Of(reference.Inner));
                    given = reference.Inner;
                }
                code.Coerce(given, expected);
            }
            code.IL.Emit(OpCodes.Call, methods[function.Index]!);
            code.Coerce(function.Type.Return, signature.Return);
            code.IL.Emit(OpCodes.Ret);
            slot.Seal();
        }
        Structures.Complete();
    }

    private void EmitEntryPoint(HlFunctionDef function)
    {
        List<HlFunctionDef> parts = EntryPointParts.Split(function);
        MethodDefinition whole = methods[function.Index]!;
        if (parts.Count == 1)
        {
            new FunctionCompiler(this, function, whole).Compile();
            return;
        }
        // Defined first, so that they are neighbours in the table of methods.
        entryPointParts = new MethodDefinition[parts.Count];
        for (int i = 0; i < parts.Count; i++)
            entryPointParts[i] = DefineHelper("init$" + i, typeof(void), []);
        for (int i = 0; i < parts.Count; i++)
        {
            new FunctionCompiler(this, parts[i], entryPointParts[i]).Compile();
            whole.Code.Emit(OpCodes.Call, entryPointParts[i]);
        }
        whole.Code.Emit(OpCodes.Ret);
    }

    private MethodDefinition[] entryPointParts = [];

    /// <summary>Ends the classes of constants, and gives assigned globals their first values.</summary>
    public void EmitPool()
    {
        Pool.Complete();
        CodeWriter? il = null;
        foreach (HlConstantDef constant in Module.Constants)
        {
            if (FindText(constant.GlobalIndex) >= 0)
                continue;
            if (Module.Globals[constant.GlobalIndex] is not HlObjectTypeDef type)
                continue;
            il ??= GlobalsType.Initializer;
            var code = new CodeEmitter(this, il);
            ClassShape shape = Types.Class(type);
            il.Emit(OpCodes.Newobj, shape.Constructor);
            for (int i = 0; i < constant.Fields.Length; i++)
            {
                HlTypeDef field = type.GetField(i).Type;
                il.Emit(OpCodes.Dup);
                switch (field.Kind)
                {
                    case HlTypeKind.Bytes:
                        EmitBytesOfString(il, constant.Fields[i]);
                        break;
                    case HlTypeKind.F64:
                        il.Emit(OpCodes.Ldc_R8, Module.Float(constant.Fields[i]));
                        break;
                    case HlTypeKind.F32:
                        il.Emit(OpCodes.Ldc_R4, (float)Module.Float(constant.Fields[i]));
                        break;
                    case HlTypeKind.I32:
                        code.LoadInt(Module.Int(constant.Fields[i]));
                        break;
                    default:
                        throw Refuse($"the constant of global {constant.GlobalIndex} has a field of type {field}");
                }
                shape.EmitSet(il, i);
            }
            il.Emit(OpCodes.Stsfld, globals[constant.GlobalIndex]);
        }
        il?.Emit(OpCodes.Ret);
    }

    /// <summary>Where everything is, once the assembly has been written.</summary>
    public ImageMap CreateMap()
    {
        var functions = new int[methods.Length];
        for (int i = 0; i < functions.Length; i++)
            functions[i] = methods[i]?.Row ?? 0;
        (int[] typeRows, int[] constructorRows) = Types.Rows();
        return new ImageMap(moduleType.Row, globals.Length > 0 ? globals[0].Row : 0, entryPointParts.Length > 0 ? entryPointParts[0].Row : 0, entryPointParts.Length, typeRows, constructorRows, functions,
            CopyRows());
    }

    /// <summary>For walks through a function's instructions, one after the other.</summary>
    public CodeWalk Walk { get; } = new();

    /// <summary>The method of a function.</summary>
    public MethodDefinition Method(int function) => methods[function]!;

    public bool IsInstance(int function) => Module.FindFunction(function) is { } f && names.Method(f).IsInstance;

    /// <summary>The native that a number stands for.</summary>
    public NativeTarget Native(int index) => natives[index] ??= NativeTarget.Link(this, Module.FindNative(index)!);

    /// <summary>Defines a static method for the compiler's own use.</summary>
    public MethodDefinition DefineHelper(string name, ClrType result, ClrType[] parameters, MethodImplAttributes implementation = 0) =>
        functionsType.DefineMethod($"{name}${thunks++}", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig, result, parameters, implementation);
}
