using System.Collections.Immutable;
using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// The CLR types a module's types are compiled to: a class per class, structure and enum, the runtime's own types for
/// the rest. While the module is compiled these are builders.
/// </summary>
internal sealed class ModuleTypes
{
    private readonly HlModule module;
    private readonly ClrNames names;
    private readonly AssemblyWriter assembly;
    private readonly ClassShape?[] classes;
    private readonly StructureShape?[] structures;
    private readonly EnumShape?[] enums;
    private readonly ClrType?[] clrTypes;
    private readonly string?[] keys;
    private readonly Dictionary<string, DelegateShape> delegates = [];
    private readonly List<ClassShape> classOrder = [];
    private readonly Dictionary<HlObjectTypeDef, List<HlObjectTypeDef>> families = [];
    private readonly HashSet<HlTypeDef> interfaces = [];

    public ModuleTypes(HlModule module, ClrNames names, AssemblyWriter assembly)
    {
        this.module = module;
        this.names = names;
        this.assembly = assembly;
        int count = module.Types.Length;
        classes = new ClassShape?[count];
        structures = new StructureShape?[count];
        enums = new EnumShape?[count];
        clrTypes = new ClrType?[count];
        keys = new string?[count];
    }

    /// <summary>The class of a class or struct type.</summary>
    public ClassShape Class(HlObjectTypeDef type) => classes[type.Index]!;

    /// <summary>The class of a structural type.</summary>
    public StructureShape Structure(HlVirtualTypeDef type) => structures[type.Index]!;

    /// <summary>The classes of an enum.</summary>
    public EnumShape Enum(HlEnumTypeDef type) => enums[type.Index]!;

    /// <summary>The classes of all class and struct types, supers first.</summary>
    public IEnumerable<ClassShape> Classes => classOrder;

    /// <summary>The String class, if the module's has the shape the runtime knows.</summary>
    public HlObjectTypeDef? StringType { get; private set; }

    /// <summary>Defines a type that belongs to no HashLink type.</summary>
    public TypeDefinition Define(string name, TypeAttributes attributes, ClrType parent) => assembly.DefineType(name, attributes, parent);

    /// <summary>Makes the builders of all classes, supers first.</summary>
    public void DefineTypes()
    {
        foreach (HlTypeDef type in module.Types)
            if (type is HlObjectTypeDef derived)
                AddToFamilies(derived);
        foreach (HlTypeDef type in module.Types)
        {
            switch (type)
            {
                case HlObjectTypeDef obj:
                    DefineClass(obj);
                    break;
                case HlVirtualTypeDef v:
                    TypeDefinition structure = Define(names.TypeName(type), TypeAttributes.Public | TypeAttributes.BeforeFieldInit, typeof(HlVirtual));
                    if (HlKnownClass.IsIterable(v))
                        structure.Interfaces.Add(typeof(IHlIterable));
                    structures[type.Index] = new StructureShape(v, structure);
                    break;
                case HlEnumTypeDef e:
                    enums[type.Index] = new EnumShape(e, Define(names.TypeName(type), TypeAttributes.Public | TypeAttributes.BeforeFieldInit, typeof(HlEnum)));
                    break;
            }
        }
    }

    // Each class with those that derive from it. Of large families, it is enough to know that they are large.
    private void AddToFamilies(HlObjectTypeDef type)
    {
        foreach (HlFieldDef field in type.Fields)
            if (field is { Name.Length: 0, Type: HlVirtualTypeDef view })
                interfaces.Add(view);
        for (HlObjectTypeDef? super = type.Super; super is not null; super = super.Super)
        {
            if (!families.TryGetValue(super, out List<HlObjectTypeDef>? family))
                families.Add(super, family = [super]);
            if (family.Count <= MaxFamily)
                family.Add(type);
        }
    }

    private const int MaxFamily = 4;

    /// <summary>A class and those that derive from it, if they are a few.</summary>
    public IReadOnlyList<HlObjectTypeDef>? FamilyOf(HlObjectTypeDef type) =>
        !families.TryGetValue(type, out List<HlObjectTypeDef>? family) ? [type] : family.Count <= MaxFamily ? family : null;

    /// <summary>Whether classes of the module implement a structural type, so that most of its structures are views.</summary>
    public bool IsInterface(HlTypeDef type) => interfaces.Contains(type);

    private ClassShape DefineClass(HlObjectTypeDef obj)
    {
        if (classes[obj.Index] is { } known)
            return known;
        var line = new Stack<HlObjectTypeDef>();
        for (HlObjectTypeDef? t = obj; t is not null && classes[t.Index] is null; t = t.Super)
            line.Push(t);
        while (line.TryPop(out HlObjectTypeDef? type))
        {
            HlKnownClass? familiar = HlKnownClass.Find(type);
            Type root = familiar?.Base ?? typeof(HlObject);
            // Nothing derives from a leaf of the module's hierarchy: casts to it and calls of its methods need no search.
            TypeAttributes leaf = families.ContainsKey(type) ? 0 : TypeAttributes.Sealed;
            TypeDefinition tb = Define(names.TypeName(type), TypeAttributes.Public | TypeAttributes.BeforeFieldInit | leaf,
                type.Super is { } super ? classes[super.Index]!.Builder : root);
            if (familiar?.Interface is { } implemented)
                tb.Interfaces.Add(implemented);
            classes[type.Index] = new ClassShape(type, type.Super is { } s ? classes[s.Index] : null, tb, familiar, root);
            classOrder.Add(classes[type.Index]!);
            if (root == typeof(HlString))
                StringType ??= type;
        }
        return classes[obj.Index]!;
    }

    /// <summary>The rows of the classes of all types, and of each enum's first constructor with a class of its own.</summary>
    public (int[] Types, int[] Constructors) Rows()
    {
        var rows = new int[module.Types.Length];
        var constructors = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = (classes[i]?.Builder ?? structures[i]?.Builder ?? enums[i]?.Builder)?.Row ?? 0;
            if (enums[i] is { } shape)
                constructors[i] = Array.Find(shape.Constructors, c => c.Owner != shape.Builder)?.Owner.Row ?? 0;
        }
        return (rows, constructors);
    }

    /// <summary>Defines fields, constructors and the link to the runtime type of all classes.</summary>
    public void DefineMembers(ModuleEmitter emitter)
    {
        foreach (ClassShape shape in Classes)
            DefineFields(shape);
        foreach (StructureShape? shape in structures)
        {
            if (shape is null)
                continue;
            for (int i = 0; i < shape.Fields.Length; i++)
                shape.Fields[i] = shape.Builder.DefineField(HlField.ClrName(shape.Type.Fields[i].Name, i), Of(shape.Type.Fields[i].Type), FieldAttributes.Public);
            shape.Constructor = DefineConstructor(shape.Builder, RuntimeMembers.NewVirtual);
            emitter.EmitRuntimeType(shape.Builder, shape.Type);
        }
        foreach (EnumShape? shape in enums)
            if (shape is not null)
                DefineEnum(shape, emitter);
        // Constructors call those of supers and of packed fields, so all must exist first.
        foreach (ClassShape shape in Classes)
            shape.Constructor = shape.Builder.DefineConstructor();
        foreach (ClassShape shape in Classes)
        {
            emitter.EmitConstructor(shape);
            emitter.EmitRuntimeType(shape.Builder, shape.Type);
            if (shape.IsText)
                emitter.EmitNew(shape);
        }
    }

    private void DefineFields(ClassShape shape)
    {
        HlObjectTypeDef type = shape.Type;
        for (int i = 0; i < type.Fields.Length; i++)
        {
            HlFieldDef field = type.Fields[i];
            if (shape.Known?.IsProperty(field) == true)
            {
                shape.OwnProperties[i] = RuntimeMembers.PropertyOf(shape.Root, field.Name);
                continue;
            }
            shape.OwnFields[i] = shape.Known?.Declares(field) == true
                ? RuntimeMembers.FieldOf(shape.Root, field.Name)
                : (ClrField)shape.Builder.DefineField(HlField.ClrName(field.Name, type.FirstFieldIndex + i), Of(field.Type), FieldAttributes.Public);
        }
    }

    private static MethodDefinition DefineConstructor(TypeDefinition type, ConstructorInfo baseConstructor)
    {
        MethodDefinition constructor = type.DefineConstructor();
        CodeWriter il = constructor.Code;
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, baseConstructor);
        il.Emit(OpCodes.Ret);
        constructor.Seal();
        return constructor;
    }

    private void DefineEnum(EnumShape shape, ModuleEmitter emitter)
    {
        HlEnumTypeDef type = shape.Type;
        emitter.EmitRuntimeType(shape.Builder, type);
        bool only = type.Constructors.Length == 1;
        MethodDefinition? plain = null;
        if (!only || type.Constructors[0].Parameters.IsEmpty)
        {
            plain = shape.Builder.DefineConstructor(typeof(int));
            CodeWriter il = plain.Code;
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Call, RuntimeMembers.NewEnum);
            il.Emit(OpCodes.Ret);
            plain.Seal();
        }
        for (int i = 0; i < type.Constructors.Length; i++)
        {
            HlEnumConstructorDef definition = type.Constructors[i];
            if (definition.Parameters.IsEmpty)
            {
                shape.Constructors[i] = new EnumConstructorShape(shape.Builder, null, []);
                continue;
            }
            TypeDefinition owner = only
                ? shape.Builder
                : Define(names.ConstructorType(type, i), TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, shape.Builder);
            ClrType[] parameters = OfParameters(definition.Parameters);
            var fields = new FieldDefinition[parameters.Length];
            MethodDefinition constructor = owner.DefineConstructor(parameters);
            CodeWriter il = constructor.Code;
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Call, only ? RuntimeMembers.NewEnum : plain!);
            for (int p = 0; p < parameters.Length; p++)
            {
                fields[p] = owner.DefineField("p" + p, parameters[p], FieldAttributes.Public);
                il.Emit(OpCodes.Ldarg_0);
                il.Emit(OpCodes.Ldarg, (short)(p + 1));
                il.Emit(OpCodes.Stfld, fields[p]);
            }
            il.Emit(OpCodes.Ret);
            constructor.Seal();
            shape.Constructors[i] = new EnumConstructorShape(owner, constructor, fields);
        }
    }

    /// <summary>The CLR type that holds values of a type.</summary>
    public ClrType Of(HlTypeDef type) => type.Index < 0 ? Find(type) : clrTypes[type.Index] ??= Find(type);

    private ClrType Find(HlTypeDef type) => HlType.FindFixedClrType(type.Kind) is { } known ? known : type.Kind switch
    {
        HlTypeKind.Fun or HlTypeKind.Method => Delegate((HlFunctionTypeDef)type, 0).Type,
        HlTypeKind.Obj or HlTypeKind.Struct => Class((HlObjectTypeDef)type).Builder,
        HlTypeKind.Virtual => Structure((HlVirtualTypeDef)type).Builder,
        HlTypeKind.Enum => Enum((HlEnumTypeDef)type).Builder,
        HlTypeKind.Packed => Of(((HlWrapperTypeDef)type).Inner),
        HlTypeKind.Ref => Of(((HlWrapperTypeDef)type).Inner).MakeByRef(),
        _ => typeof(object),
    };

    /// <summary>The CLR type of a parameter: void is passed as null.</summary>
    public ClrType OfParameter(HlTypeDef type) => type.Kind == HlTypeKind.Void ? typeof(object) : Of(type);

    /// <summary>The CLR types of parameters, without the first <paramref name="skip"/>. (Every program comes here, and queries take a while to load.)</summary>
    public ClrType[] OfParameters(ImmutableArray<HlTypeDef> types, int skip = 0)
    {
        var result = new ClrType[types.Length - skip];
        for (int i = 0; i < result.Length; i++)
            result[i] = OfParameter(types[skip + i]);
        return result;
    }

    /// <summary>
    /// What identifies the CLR type of a type: two types with the same key have the same CLR type. (Builders of
    /// constructed types cannot be compared.)
    /// </summary>
    public string Key(HlTypeDef type) => type.Index < 0 ? FindKey(type) : keys[type.Index] ??= FindKey(type);

    private string FindKey(HlTypeDef type) => type switch
    {
        HlFunctionTypeDef function => Key(function, 0),
        HlObjectTypeDef or HlVirtualTypeDef or HlEnumTypeDef => "#" + type.Index,
        HlWrapperTypeDef { Kind: HlTypeKind.Packed } packed => Key(packed.Inner),
        HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference => "&" + Key(reference.Inner),
        { Kind: HlTypeKind.Null or HlTypeKind.Dyn or HlTypeKind.Abstract } => "o",
        { Kind: HlTypeKind.Guid or HlTypeKind.I64 } => "l",
        _ => "k" + (int)type.Kind,
    };

    private string Key(HlFunctionTypeDef type, int skip)
    {
        // A function type can mention itself through nothing but classes and structures, which end the recursion.
        var key = new System.Text.StringBuilder("(");
        for (int i = skip; i < type.Parameters.Length; i++)
            key.Append(type.Parameters[i].Kind == HlTypeKind.Void ? "o" : Key(type.Parameters[i])).Append(',');
        return key.Append(')').Append(Key(type.Return)).ToString();
    }

    /// <summary>The delegate type of a function type, without its first <paramref name="skip"/> parameters.</summary>
    public DelegateShape Delegate(HlFunctionTypeDef type, int skip)
    {
        if (type.Return.Kind == HlTypeKind.Ref)
            throw new HlBytecodeException(module.Name, -1, $"functions of type {type}, which return a reference, are not supported");
        string key = skip == 0 ? Key(type) : Key(type, skip);
        if (delegates.TryGetValue(key, out DelegateShape? shape))
            return shape;
        HlTypeDef[] parameters = type.Parameters.AsSpan()[skip..].ToArray();
        return delegates[key] = CreateDelegate(key, OfParameters(type.Parameters, skip), Of(type.Return), parameters, type.Return);
    }

    private DelegateShape CreateDelegate(string key, ClrType[] parameters, ClrType result, HlTypeDef[] hlParameters, HlTypeDef hlResult)
    {
        if (parameters.Length > HlDelegates.MaxParameters || Array.Exists(parameters, p => p.IsByRef))
            return DefineDelegate(key, parameters, result, hlParameters, hlResult);
        bool hasResult = !result.Is(typeof(void));
        Type open = HlDelegates.GetStandard(parameters.Length, hasResult);
        ConstructorInfo constructor = open.GetConstructors()[0];
        MethodInfo invoke = open.GetMethod("Invoke")!;
        if (parameters.Length == 0 && !hasResult)
            return new DelegateShape(key, open, constructor, invoke, hlParameters, hlResult);
        var type = new GenericType(open, hasResult ? [.. parameters, result] : parameters);
        return new DelegateShape(key, type, new GenericTypeMethod(type, constructor), new GenericTypeMethod(type, invoke), hlParameters, hlResult);
    }

    private DelegateShape DefineDelegate(string key, ClrType[] parameters, ClrType result, HlTypeDef[] hlParameters, HlTypeDef hlResult)
    {
        TypeDefinition type = Define(HlDelegates.CustomName(Array.ConvertAll(parameters, p => p.Name), result.Name),
            TypeAttributes.Public | TypeAttributes.Sealed, typeof(MulticastDelegate));
        const MethodImplAttributes runtime = MethodImplAttributes.Runtime | MethodImplAttributes.Managed;
        MethodDefinition constructor = type.DefineMethod(".ctor",
            MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            typeof(void), [typeof(object), typeof(nint)], runtime);
        MethodDefinition invoke = type.DefineMethod("Invoke",
            MethodAttributes.Public | MethodAttributes.HideBySig | MethodAttributes.NewSlot | MethodAttributes.Virtual, result, parameters, runtime);
        return new DelegateShape(key, type, constructor, invoke, hlParameters, hlResult);
    }
}

/// <summary>The class of a class or struct.</summary>
internal sealed class ClassShape(HlObjectTypeDef type, ClassShape? super, TypeDefinition builder, HlKnownClass? known, Type root)
{
    /// <summary>What the runtime knows of the class.</summary>
    public HlKnownClass? Known { get; } = known;

    /// <summary>The runtime's class that all of this class's line derives from.</summary>
    public Type Root { get; } = super?.Root ?? root;

    /// <summary>Whether objects of the class are strings.</summary>
    public bool IsText => Root == typeof(HlString);

    public HlObjectTypeDef Type { get; } = type;

    public ClassShape? Super { get; } = super;

    public TypeDefinition Builder { get; } = builder;

    public MethodDefinition Constructor { get; set; } = null!;

    /// <summary>The fields the class itself declares, but for those that are properties.</summary>
    public ClrField?[] OwnFields { get; } = new ClrField?[type.Fields.Length];

    /// <summary>The properties that stand for fields that the class itself declares.</summary>
    public PropertyInfo?[] OwnProperties { get; } = new PropertyInfo?[type.Fields.Length];

    /// <summary>The virtual methods the class itself adds, by slot: the method that stands for the slot, and its signature.</summary>
    public Dictionary<int, ClassSlot> OwnSlots { get; } = [];

    /// <summary>The field with the number that instructions use, which is no property.</summary>
    public ClrField Field(int index)
    {
        ClassShape shape = Declaring(index);
        return shape.OwnFields[index - shape.Type.FirstFieldIndex] ?? throw new InvalidOperationException($"{shape.Type.GetField(index).Name} of {shape.Type.Name} is no field.");
    }

    /// <summary>Reads a field or property of the object on the stack.</summary>
    public void EmitGet(CodeWriter il, int index)
    {
        if (Property(index) is { GetMethod: { } get })
            il.Emit(OpCodes.Call, get);
        else
            il.Emit(OpCodes.Ldfld, Field(index));
    }

    /// <summary>Writes the value on the stack to a field or property of the object below it.</summary>
    public void EmitSet(CodeWriter il, int index)
    {
        if (Property(index) is { SetMethod: { } set })
            il.Emit(OpCodes.Call, set);
        else
            il.Emit(OpCodes.Stfld, Field(index));
    }

    /// <summary>The field in which the runtime's class keeps what is in a field or property nearer to its elements.</summary>
    public FieldInfo? FindNear(int index)
    {
        ClassShape shape = Declaring(index);
        return shape.Known?.FindNear(shape.Type.GetField(index)) is { } name ? RuntimeMembers.FieldOf(shape.Root, name) : null;
    }

    private PropertyInfo? Property(int index)
    {
        ClassShape shape = Declaring(index);
        return shape.OwnProperties[index - shape.Type.FirstFieldIndex];
    }

    private ClassShape Declaring(int index)
    {
        ClassShape shape = this;
        while (index < shape.Type.FirstFieldIndex)
            shape = shape.Super!;
        return shape;
    }

    /// <summary>The method that stands for a slot of the table of virtual methods.</summary>
    public ClassSlot? Slot(int index)
    {
        for (ClassShape? shape = this; shape is not null; shape = shape.Super)
            if (shape.OwnSlots.TryGetValue(index, out ClassSlot? slot))
                return slot;
        return null;
    }
}

/// <summary>A slot of the table of virtual methods: the method that stands for it, and its signature.</summary>
internal sealed record ClassSlot(MethodDefinition Method, HlFunctionTypeDef Signature);

/// <summary>The class of a structural type.</summary>
internal sealed class StructureShape(HlVirtualTypeDef type, TypeDefinition builder)
{
    public HlVirtualTypeDef Type { get; } = type;

    public TypeDefinition Builder { get; } = builder;

    public MethodDefinition Constructor { get; set; } = null!;

    public ClrField[] Fields { get; } = new ClrField[type.Fields.Length];

    /// <summary>The accessors that are used, by field.</summary>
    public StructureAccessors?[] Accessors { get; } = new StructureAccessors?[type.Fields.Length];

    /// <summary>The classes of views of objects of a known class, by that class.</summary>
    public Dictionary<HlTypeDef, MethodDefinition> Views { get; } = [];
}

/// <summary>How code reaches one field of a structure: directly where the structure holds it, through the virtual method where it is a view.</summary>
internal sealed class StructureAccessors
{
    public MethodDefinition? Get, GetThrough, Set, SetThrough, Call, CallForInt, CallIntForInt;
}

/// <summary>The classes of an enum.</summary>
internal sealed class EnumShape(HlEnumTypeDef type, TypeDefinition builder)
{
    public HlEnumTypeDef Type { get; } = type;

    public TypeDefinition Builder { get; } = builder;

    public EnumConstructorShape[] Constructors { get; } = new EnumConstructorShape[type.Constructors.Length];
}

/// <summary>The class of an enum constructor: the enum's own, or one derived from it.</summary>
/// <param name="Owner">The class.</param>
/// <param name="Constructor">Makes a value; null where there is only one, as it has no parameters.</param>
/// <param name="Fields">The parameters.</param>
internal sealed record EnumConstructorShape(TypeDefinition Owner, MethodDefinition? Constructor, FieldDefinition[] Fields);

/// <summary>A delegate type.</summary>
internal sealed record DelegateShape(string Key, ClrType Type, ClrMethod Constructor, ClrMethod Invoke, HlTypeDef[] Parameters, HlTypeDef Result);
