using System.Reflection;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>A field or method of a type, reached by its name.</summary>
internal abstract partial class HlMember
{
    private protected const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private protected HlMember(HlType owner, string name)
    {
        Owner = owner;
        Name = name;
        Hash = owner.Context.Hash(name);
    }

    /// <summary>The type that declares it.</summary>
    public HlType Owner { get; }

    public string Name { get; }

    /// <summary>The number of the name.</summary>
    public int Hash { get; }

    /// <summary>The value in <paramref name="target"/>, boxed as <c>Dynamic</c>; for a method, a closure over it.</summary>
    public abstract object? Get(object target);
}

/// <summary>A field.</summary>
internal sealed partial class HlField : HlMember
{
    private MemberInfo? place;
    private HlAccessor? accessor;

    public HlField(HlType owner, HlFieldDef definition, int index) : base(owner, definition.Name)
    {
        Index = index;
        FieldType = owner.Module.Types[definition.Type.Index];
    }

    /// <summary>The number instructions use.</summary>
    public int Index { get; }

    public HlType FieldType { get; }

    /// <summary>The CLR field, or property of a class that the runtime knows.</summary>
    public MemberInfo Place => place ??= Find();

    /// <summary>The CLR field, where it is one.</summary>
    public FieldInfo Info => (FieldInfo)Place;

    /// <summary>The CLR type.</summary>
    public Type ValueType => Place is PropertyInfo property ? property.PropertyType : Info.FieldType;

    /// <summary>Reads it by reflection.</summary>
    public object? Read(object target) => Place is PropertyInfo property ? property.GetValue(target) : Info.GetValue(target);

    /// <summary>Writes it by reflection.</summary>
    public void Write(object target, object? value)
    {
        if (Place is PropertyInfo property)
            property.SetValue(target, value);
        else
            Info.SetValue(target, value);
    }

    /// <summary>Whether objects get the field late (<see cref="LateBindings"/>).</summary>
    public bool IsLate => isLate ??= Owner.Definition is HlObjectTypeDef owner && Owner.Module.LateBindings.Contains(owner, Index);

    private bool? isLate;

    /// <summary>The CLR name of a field; slots in which an object keeps its views have no name of their own.</summary>
    public static string ClrName(string name, int index) => name.Length == 0 ? "$slot" + index : name;

    /// <summary>Reads and writes the field.</summary>
    public HlAccessor Accessor => accessor ??= HlAccessor.Create(this);

    public override object? Get(object target) => Accessor.Get(target);

    /// <summary>Sets the field to a value that is cast to its type.</summary>
    public void Set(object target, object? value) => Accessor.Set(target, value);

    private MemberInfo Find()
    {
        Type type = Owner.ClrType;
        if (type.GetField(ClrName(Name, Index), Declared) is { } own)
            return own;
        // The fields of a class that the runtime knows are those of its own base.
        while (type.Assembly != typeof(HlMember).Assembly)
            type = type.BaseType!;
        return (MemberInfo?)type.GetField(Name, Declared) ?? type.GetProperty(Name, Declared)!;
    }
}

/// <summary>A method.</summary>
internal sealed partial class HlMethod : HlMember
{
    private MethodInfo? info;
    private HlInvoker? invoker;
    private HlBinder? binder;

    public HlMethod(HlType owner, HlPrototypeDef definition) : base(owner, definition.Name)
    {
        Function = owner.Module.Module.FindFunction(definition.FunctionIndex)!;
        VirtualIndex = definition.VirtualIndex;
        Signature = owner.Module.Types[Function.Type.Index];
    }

    public HlFunctionDef Function { get; }

    /// <summary>The slot in the table of virtual methods, or -1.</summary>
    public int VirtualIndex { get; }

    /// <summary>The function's type; its first parameter is the object.</summary>
    public HlType Signature { get; }

    /// <summary>The CLR method: an instance method, or a static one that takes the object first.</summary>
    public MethodInfo Info => info ??= Owner.Module.GetMethod(Function);

    /// <summary>The type of a closure over an object: the signature without its first parameter.</summary>
    public Type ClosureType => closureType ??= HlDelegates.GetType([.. Signature.Parameters.Skip(1).Select(p => p.ParameterClrType)], Signature.Return!.ClrType, Owner.Module.Assembly);

    private Type? closureType;

    public override object Get(object target) => Bind(target);

    public Delegate Bind(object target) => (binder ??= new HlBinder(Info, ClosureType)).Bind(target);

    /// <summary>Calls the method with dynamic arguments; the result is dynamic.</summary>
    public object? Invoke(object target, params object?[] arguments) => (invoker ??= HlInvoker.OfMethod(Info)).Invoke(target, arguments);
}

/// <summary>A constructor of an enum.</summary>
internal sealed class HlConstructor
{
    private FieldInfo[]? fields;
    private ConstructorInfo? constructor;

    public HlConstructor(HlType owner, HlEnumConstructorDef definition, int index)
    {
        Owner = owner;
        Name = definition.Name;
        Index = index;
        Parameters = new HlType[definition.Parameters.Length];
        for (int i = 0; i < Parameters.Length; i++)
            Parameters[i] = owner.Module.Types[definition.Parameters[i].Index];
    }

    public HlType Owner { get; }

    public string Name { get; }

    public int Index { get; }

    public HlType[] Parameters { get; }

    /// <summary>The CLR class of its values: the enum's own for a constructor without parameters and for an only constructor.</summary>
    public Type ClrType => Parameters.Length == 0 || Owner.Constructors.Length == 1
        ? Owner.ClrType
        : Owner.Module.GetConstructorClass((HlEnumTypeDef)Owner.Definition!, Index);

    /// <summary>The argument of a value, boxed as <c>Dynamic</c>.</summary>
    public object? GetParameter(HlEnum value, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Parameters.Length);
        fields ??= [.. Parameters.Select((_, i) => ClrType.GetField("p" + i, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)!)];
        return fields[index].GetValue(value) is { } boxed ? boxed is HlBytes bytes ? HlBox.Bytes(bytes) : boxed : null;
    }

    /// <summary>The only value of a constructor without parameters.</summary>
    public HlEnum Single => single ?? Interlocked.CompareExchange(ref single, HlEnum.Create(Owner, Index), null) ?? single;

    private HlEnum? single;

    /// <summary>A new value; the arguments are of the parameters' representations already.</summary>
    public HlEnum Create(object?[] arguments) => Parameters.Length == 0 ? Single : Construct(arguments);

    private HlEnum Construct(object?[] arguments)
    {
        constructor ??= ClrType.GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Single(c => c.GetParameters().Length == Parameters.Length);
        return (HlEnum)constructor.Invoke(arguments);
    }
}
