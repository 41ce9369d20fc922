using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>A Haxe type in a VM: what it is called, what it consists of. There is one object for each type and VM.</summary>
public sealed partial class HlType
{
    private readonly HlModuleInstance? module;
    private readonly string? abstractName;
    private Type? clrType;
    private HlType? inner;
    private HlType[]? parameters;
    private HlType? returnType;
    private HlField[]? ownFields;
    private HlMethod[]? ownMethods;
    private HlConstructor[]? constructors;
    private Dictionary<int, HlMember>? members;
    private Dictionary<HlType, HlField>? slots;
    private HlSpecialMethods? specialMethods;
    private HlArrayStore? arrayStore;
    private HlTexts? texts;
    private HlMapStore? mapStore;
    private bool? hasEmptyConstructor;

    internal HlType(HlContext context, HlTypeKind kind)
    {
        Context = context;
        Kind = kind;
    }

    internal HlType(HlContext context, HlModuleInstance module, HlTypeDef definition) : this(context, definition.Kind)
    {
        this.module = module;
        Definition = definition;
        IsInt64 = definition is HlObjectTypeDef { Name: "haxe._Int64.___Int64" };
    }

    private HlType(HlContext context, HlTypeKind kind, string? abstractName, Type? clrType) : this(context, kind)
    {
        this.abstractName = abstractName;
        this.clrType = clrType;
    }

    internal static HlType CreateAbstract(HlContext context, string name) => new(context, HlTypeKind.Abstract, name, typeof(object));

    internal static HlType CreateFunction(HlContext context, Type clrType, HlType[] parameters, HlType returnType) =>
        new(context, HlTypeKind.Fun, null, clrType) { parameters = parameters, returnType = returnType };

    internal static HlType CreateReference(HlContext context, HlType inner) =>
        new(context, HlTypeKind.Ref, $"ref<{inner}>", inner.ClrType.MakeByRefType()) { inner = inner };

    internal HlContext Context { get; }

    /// <summary>Whether this is the class of <c>haxe.Int64</c>, where the compiler has no 64-bit integers for HashLink.</summary>
    internal bool IsInt64 { get; }

    /// <summary>The bytecode's definition; null for types that have nothing but a kind.</summary>
    internal HlTypeDef? Definition { get; }

    internal HlModuleInstance Module => module ?? throw new InvalidOperationException($"{this} belongs to no module.");

    /// <summary>What kind of type this is.</summary>
    public HlTypeKind Kind { get; }

    /// <summary>The full name of a class, struct, enum or abstract; otherwise the type as HashLink writes it.</summary>
    public string Name => Definition switch
    {
        HlObjectTypeDef obj => obj.Name,
        HlEnumTypeDef e => e.Name,
        HlAbstractTypeDef a => a.Name,
        _ => ToString(),
    };

    /// <summary>The base class, or null.</summary>
    public HlType? Super => Definition is HlObjectTypeDef { Super: { } super } ? module!.Types[super.Index] : null;

    /// <summary>The type inside a null, reference or packed type.</summary>
    internal HlType? Inner => Definition is HlWrapperTypeDef wrapper ? module!.Types[wrapper.Inner.Index] : inner;

    /// <summary>The parameters of a function type.</summary>
    internal HlType[] Parameters => parameters ??= Definition is HlFunctionTypeDef function
        ? Array.ConvertAll(ImmutableCollectionsMarshal.AsArray(function.Parameters)!, p => module!.Types[p.Index])
        : [];

    /// <summary>The result of a function type.</summary>
    internal HlType? Return => returnType ??= Definition is HlFunctionTypeDef function ? module!.Types[function.Return.Index] : null;

    /// <summary>The CLR type that represents values of this type.</summary>
    internal Type ClrType => clrType ??= FindClrType();

    /// <summary>The CLR type of a parameter of this type: void is passed as null.</summary>
    internal Type ParameterClrType => Kind == HlTypeKind.Void ? typeof(object) : ClrType;

    /// <summary>Whether values of this type are held as objects that know their type (HashLink: <c>hl_is_dynamic</c>).</summary>
    internal bool IsDynamic => Kind is HlTypeKind.Dyn or HlTypeKind.Fun or HlTypeKind.Obj or HlTypeKind.Array
        or HlTypeKind.Virtual or HlTypeKind.DynObj or HlTypeKind.Enum or HlTypeKind.Null;

    /// <summary>Whether values of this type are pointers, which can be null (HashLink: <c>hl_is_ptr</c>).</summary>
    internal bool IsPointer => Kind >= HlTypeKind.Bytes && Kind is not (HlTypeKind.Packed or HlTypeKind.Guid);

    /// <summary>The fields the type itself declares, in order.</summary>
    internal HlField[] Fields => ownFields ??= CreateFields();

    /// <summary>The methods the class itself declares or overrides, in order.</summary>
    internal HlMethod[] Methods => ownMethods ??= CreateMethods();

    /// <summary>The constructors of an enum, in order.</summary>
    internal HlConstructor[] Constructors => constructors ??= CreateConstructors();

    /// <summary>The field or method with this name's number, own or inherited; null if there is none.</summary>
    internal HlMember? FindMember(int hash)
    {
        members ??= CreateMembers();
        return members.TryGetValue(hash, out HlMember? member) ? member : null;
    }

    /// <summary>The field or method with this name, own or inherited; null if there is none.</summary>
    internal HlMember? FindMember(string name) => FindMember(Context.Hash(name));

    /// <summary>The methods that the runtime itself calls.</summary>
    internal HlSpecialMethods SpecialMethods => specialMethods ??= new HlSpecialMethods(this);

    /// <summary>Makes strings, if this is a module's <c>String</c> class.</summary>
    internal HlTexts Texts => texts ??= new HlTexts(this);

    /// <summary>How objects of an array class hold their elements.</summary>
    internal HlArrayStore ArrayStore => arrayStore ??= HlArrayStore.Create(this);

    /// <summary>How objects of a map class hold their entries.</summary>
    internal HlMapStore MapStore => mapStore ??= HlMapStore.Create(this);

    /// <summary>The field, own or inherited, in which an object of this class keeps its view as <paramref name="structure"/>; null if there is none.</summary>
    internal HlField? FindSlot(HlType structure) => (slots ??= CreateSlots()).GetValueOrDefault(structure);

    /// <summary>All fields and methods, own and inherited.</summary>
    internal IEnumerable<HlMember> Members => (members ??= CreateMembers()).Values;

    /// <summary>The object that stands for the class or enum in Haxe: its statics; null if there is none (yet).</summary>
    internal object? GlobalValue
    {
        get => GlobalField?.GetValue(null);
        set
        {
            FieldInfo global = GlobalField ?? throw HaxeError.Text($"{this} has no global value");
            global.SetValue(null, HlCast.ToClr(value, global.FieldType));
        }
    }

    private FieldInfo? GlobalField => globalField ??= GlobalIndex < 0 ? null : module!.GetGlobal(GlobalIndex);

    private FieldInfo? globalField;

    internal int GlobalIndex => Definition switch
    {
        HlObjectTypeDef obj => obj.GlobalIndex,
        HlEnumTypeDef e => e.GlobalIndex,
        _ => -1,
    };

    /// <summary>A new object of a class or structure, with all fields null or zero.</summary>
    /// <exception cref="HaxeException">The type has no objects.</exception>
    internal object Allocate() => Kind switch
    {
        // Running a constructor that does nothing takes compiling it.
        HlTypeKind.Obj or HlTypeKind.Struct when HasEmptyConstructor() =>
            RuntimeHelpers.GetUninitializedObject(ClrType),
        HlTypeKind.Obj or HlTypeKind.Struct or HlTypeKind.Virtual => Activator.CreateInstance(ClrType, nonPublic: true)!,
        HlTypeKind.DynObj => new HlDynObj(Context),
        _ => throw HaxeError.Text($"Can't allocate an object of type {this}"),
    };

    /// <summary>Whether the types are the same (HashLink std/types.c: <c>hl_same_type</c>).</summary>
    internal static bool Same(HlType? a, HlType? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is null || b is null || a.Kind != b.Kind)
            return false;
        switch (a.Kind)
        {
            case HlTypeKind.Ref or HlTypeKind.Null or HlTypeKind.Packed:
                return Same(a.Inner, b.Inner);
            case HlTypeKind.Fun or HlTypeKind.Method:
                if (a.Parameters.Length != b.Parameters.Length)
                    return false;
                for (int i = 0; i < a.Parameters.Length; i++)
                    if (!Same(a.Parameters[i], b.Parameters[i]))
                        return false;
                return Same(a.Return, b.Return);
            case HlTypeKind.Abstract:
                return a.Name == b.Name;
            default:
                return a.Definition is null && b.Definition is null;
        }
    }

    /// <summary>Whether a value of the one type can be taken as the other without conversion (HashLink std/types.c: <c>hl_safe_cast</c>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool SafeCast(HlType type, HlType to) => ReferenceEquals(type, to) || SafeCastOther(type, to);

    private static bool SafeCastOther(HlType type, HlType to)
    {
        if (to.Kind == HlTypeKind.Dyn)
            return type.IsDynamic;
        if (type.Kind != to.Kind)
            return false;
        switch (type.Kind)
        {
            case HlTypeKind.Virtual when to.Fields.Length < type.Fields.Length:
                for (int i = 0; i < to.Fields.Length; i++)
                    if (to.Fields[i].Name != type.Fields[i].Name || !Same(to.Fields[i].FieldType, type.Fields[i].FieldType))
                        return false;
                return true;
            case HlTypeKind.Obj or HlTypeKind.Struct:
                for (HlType? t = type; t is not null; t = t.Super)
                    if (ReferenceEquals(t, to))
                        return true;
                return false;
            case HlTypeKind.Fun or HlTypeKind.Method:
                if (type.Parameters.Length != to.Parameters.Length || !SafeCast(type.Return!, to.Return!))
                    return false;
                for (int i = 0; i < type.Parameters.Length; i++)
                {
                    HlType own = type.Parameters[i], other = to.Parameters[i];
                    if (!SafeCast(other, own) && (own.Kind != HlTypeKind.Dyn || !other.IsDynamic))
                        return false;
                }
                return true;
            default:
                return Same(type, to);
        }
    }

    /// <summary>The type as HashLink writes it.</summary>
    public override string ToString() => Definition is not null
        ? Definition.ToString()
        : Kind == HlTypeKind.Fun
            ? $"({Return} ({string.Join(',', Parameters.Select(p => p.ToString()))}))"
            : abstractName ?? HlTypeFormatter.Format(Kind);

    /// <summary>The CLR type of the values of a kind; null where it depends on more than the kind.</summary>
    internal static Type? FindFixedClrType(HlTypeKind kind) => kind switch
    {
        HlTypeKind.Void => typeof(void),
        HlTypeKind.UI8 => typeof(byte),
        HlTypeKind.UI16 => typeof(ushort),
        HlTypeKind.I32 => typeof(int),
        HlTypeKind.I64 or HlTypeKind.Guid => typeof(long),
        HlTypeKind.F32 => typeof(float),
        HlTypeKind.F64 => typeof(double),
        HlTypeKind.Bool => typeof(bool),
        HlTypeKind.Bytes => typeof(HlBytes),
        HlTypeKind.Array => typeof(HlArray),
        HlTypeKind.Type => typeof(HlType),
        HlTypeKind.DynObj => typeof(HlDynObj),
        _ => null,
    };

    private Type FindClrType() => FindFixedClrType(Kind) ?? Kind switch
    {
        HlTypeKind.Fun or HlTypeKind.Method => FindDelegateType(),
        HlTypeKind.Obj or HlTypeKind.Struct or HlTypeKind.Virtual or HlTypeKind.Enum =>
            module!.GetClass(Definition!),
        HlTypeKind.Packed => Inner!.ClrType,
        HlTypeKind.Ref => Inner!.ClrType.MakeByRefType(),
        _ => typeof(object),
    };

    // In a method of its own, so that classes need not load what finds delegates.
    private Type FindDelegateType() => HlDelegates.GetType(Array.ConvertAll(Parameters, p => p.ParameterClrType), Return!.ClrType, module?.Assembly);

    private bool HasEmptyConstructor() => hasEmptyConstructor ??= LateBindings.HasEmptyConstructor(module!.Module, (HlObjectTypeDef)Definition!);

    // Programs that do next to nothing come here, where queries would take longer to load than to run.
    private HlConstructor[] CreateConstructors()
    {
        if (Definition is not HlEnumTypeDef e)
            return [];
        var result = new HlConstructor[e.Constructors.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = new HlConstructor(this, e.Constructors[i], i);
        return result;
    }

    private HlField[] CreateFields() => Definition switch
    {
        HlObjectTypeDef obj => CreateFields(obj.Fields, obj.FirstFieldIndex),
        HlVirtualTypeDef v => CreateFields(v.Fields, 0),
        _ => [],
    };

    private HlField[] CreateFields(ImmutableArray<HlFieldDef> fields, int first)
    {
        var result = new HlField[fields.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = new HlField(this, fields[i], first + i);
        return result;
    }

    private HlMethod[] CreateMethods()
    {
        if (Definition is not HlObjectTypeDef obj)
            return [];
        var result = new List<HlMethod>(obj.Prototypes.Length);
        foreach (HlPrototypeDef prototype in obj.Prototypes)
            if (module!.Module.FindFunction(prototype.FunctionIndex) is not null)
                result.Add(new HlMethod(this, prototype));
        return [.. result];
    }

    private Dictionary<HlType, HlField> CreateSlots()
    {
        var result = new Dictionary<HlType, HlField>();
        for (HlType? type = this; type is not null; type = type.Super)
            foreach (HlField field in type.Fields)
                if (field.Name.Length == 0)
                    result[field.FieldType] = field;
        return result;
    }

    private Dictionary<int, HlMember> CreateMembers()
    {
        var result = Super is { } super ? new Dictionary<int, HlMember>(super.members ??= super.CreateMembers()) : [];
        foreach (HlField field in Fields)
            if (field.Name.Length > 0)
                result[field.Hash] = field;
        foreach (HlMethod method in Methods)
            result[method.Hash] = method;
        return result;
    }
}
