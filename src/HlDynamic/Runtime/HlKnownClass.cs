using System.Collections.Immutable;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Haxe's own classes that .NET programs expect to be something: a <c>String</c> is an <see cref="HlString"/>, an
/// array a list, a map a dictionary. The compiled class gets a base class of the runtime's, which may declare some of
/// its fields, and an interface whose methods are the runtime's too. A class of the right name but another shape is a
/// class like any other.
/// </summary>
internal sealed class HlKnownClass
{
    private static readonly HlKnownClass Text = new(typeof(HlString), null, new Field("bytes", HlTypeKind.Bytes, IsProperty: true), new Field("length", HlTypeKind.I32, IsProperty: true));
    private static readonly HlKnownClass Buffer = new(typeof(HlStringBuffer), null, 
        new Field("b", HlTypeKind.Bytes, IsProperty: true), new Field("size", HlTypeKind.I32, IsProperty: true), new Field("pos", HlTypeKind.I32, IsProperty: true));
    private static readonly HlKnownClass Bytes = new(typeof(HlBytesObject), null, new Field("length", HlTypeKind.I32), new Field("b", HlTypeKind.Bytes, IsProperty: true, Near: nameof(HlBytesObject.near)));
    private static readonly HlKnownClass ArrayAccess = new(typeof(HlArrayObject), null);
    private static readonly HlKnownClass ArrayBase = new(null, null, new Field("length", HlTypeKind.I32));
    private static readonly HlKnownClass ObjectArray = new(null, typeof(IHlArray<object>), new Field("array", HlTypeKind.Array, IsProperty: true, Near: nameof(HlArrayObject.near)));
    private static readonly HlKnownClass DynamicArray = new(null, typeof(IHlArray<object>));

    // Made when a program has such a class, since naming its interface is enough to load that.
    private static HlKnownClass List => field ??= new(typeof(HlListObject), null);
    private static HlKnownClass IntMap => field ??= new(typeof(HlMapObject), typeof(IHlMap<int>), new Field("h", HlTypeKind.Abstract));
    private static HlKnownClass StringMap => field ??= new(typeof(HlMapObject), typeof(IHlMap<string>), new Field("h", HlTypeKind.Abstract));
    private static HlKnownClass ObjectMap => field ??= new(typeof(HlMapObject), typeof(IHlMap<object>), new Field("h", HlTypeKind.Abstract));
    private static HlKnownClass Tree => field ??= new(typeof(HlMapObject), typeof(IHlMap<object>));
    private static HlKnownClass HashMap => field ??= new(typeof(HlMapObject), typeof(IHlMap<object>));
    private static HlKnownClass Iterable => field ??= new(null, typeof(IHlIterable));
    private static HlKnownClass IntArray => field ??= new(null, typeof(IHlArray<int>), Numbers);
    private static HlKnownClass FloatArray => field ??= new(null, typeof(IHlArray<double>), Numbers);
    private static HlKnownClass SingleArray => field ??= new(null, typeof(IHlArray<float>), Numbers);
    private static HlKnownClass UI16Array => field ??= new(null, typeof(IHlArray<ushort>), Numbers);
    private static HlKnownClass Int64Array => field ??= new(null, typeof(IHlArray<long>), Numbers);

    private const string BytesArray = "hl.types.ArrayBytes_";

    private readonly Field[] fields;

    // Near names the field in which the runtime's class keeps what is in this one nearer to its elements.
    private sealed record Field(string Name, HlTypeKind Kind, bool IsProperty = false, string? Near = null);

    private static Field Numbers => new("bytes", HlTypeKind.Bytes, IsProperty: true, Near: nameof(HlArrayObject.near));

    private HlKnownClass(Type? baseClass, Type? implements, params Field[] fields)
    {
        Base = baseClass;
        Interface = implements;
        this.fields = fields;
    }

    /// <summary>The .NET base of a class that has no base in Haxe.</summary>
    public Type? Base { get; }

    /// <summary>The interface the class implements.</summary>
    public Type? Interface { get; }

    /// <summary>Whether a field of the class is declared by the runtime's class, by the same name.</summary>
    public bool Declares(HlFieldDef field) => Find(field) is not null;

    /// <summary>Whether such a field is a property of the runtime's class, which keeps it in another form.</summary>
    public bool IsProperty(HlFieldDef field) => Find(field) is { IsProperty: true };

    /// <summary>The field of the runtime's class that holds what is in a field nearer to its elements.</summary>
    public string? FindNear(HlFieldDef field) => Find(field)?.Near;

    private Field? Find(HlFieldDef field) => Array.Find(fields, f => f.Name == field.Name && f.Kind == field.Type.Kind);

    /// <summary>What is known of a class; null for most.</summary>
    public static HlKnownClass? Find(HlObjectTypeDef type)
    {
        if (type.Kind != HlTypeKind.Obj)
            return null;
        HlKnownClass? found = type.Super is null ? FindRoot(type) : FindArray(type, type.Super);
        return found ?? (IsIterable(type) ? Iterable : null);
    }

    private static HlKnownClass? FindRoot(HlObjectTypeDef type)
    {
        HlKnownClass? found = type.Name switch
        {
            "String" => type.Fields.Length == 2 ? Text : null,
            "StringBuf" => Buffer,
            "haxe.io.Bytes" => Bytes,
            "hl.types.ArrayAccess" => ArrayAccess,
            "haxe.ds.List" => List,
            "haxe.ds.IntMap" => IntMap,
            "haxe.ds.StringMap" => StringMap,
            "haxe.ds.ObjectMap" => ObjectMap,
            "haxe.ds.BalancedTree" => Tree,
            "haxe.ds._HashMap.HashMapData" => Has(type, "keys", HlTypeKind.Obj) && Has(type, "values", HlTypeKind.Obj) ? HashMap : null,
            _ => null,
        };
        return found is not null && found.Fits(type) ? found : null;
    }

    private static HlKnownClass? FindArray(HlObjectTypeDef type, HlObjectTypeDef super)
    {
        if (super.Name == "hl.types.ArrayAccess" && FindRoot(super) == ArrayAccess)
        {
            return type.Name == "hl.types.ArrayBase" && ArrayBase.Fits(type) ? ArrayBase
                : type.Name == "hl.types.ArrayDyn" && Has(type, "array", HlTypeKind.Obj) ? DynamicArray
                : null;
        }
        if (super.Name != "hl.types.ArrayBase" || Find(super) != ArrayBase)
            return null;
        if (type.Name == "hl.types.ArrayObj")
            return Has(type, "array", HlTypeKind.Array) ? ObjectArray : null;
        return type.Name.StartsWith(BytesArray, StringComparison.Ordinal) && Has(type, "bytes", HlTypeKind.Bytes)
            ? FindArrayOfNumbers(type.Name[BytesArray.Length..])
            : null;
    }

    private static HlKnownClass? FindArrayOfNumbers(string element) => element switch
    {
        "Int" => IntArray,
        "Float" => FloatArray,
        "hl_F32" => SingleArray,
        "hl_UI16" => UI16Array,
        "hl_I64" => Int64Array,
        _ => null,
    };

    private static bool IsIterable(HlObjectTypeDef type)
    {
        if (!Iterates(type.Prototypes))
            return false;
        for (HlObjectTypeDef? super = type.Super; super is not null; super = super.Super)
            if (Iterates(super.Prototypes) || Find(super) is { Base: not null })
                return false;
        return true;
    }

    private static bool Iterates(ImmutableArray<HlPrototypeDef> methods)
    {
        bool hasNext = false, next = false;
        foreach (HlPrototypeDef method in methods)
        {
            if (method.Name == "iterator")
                return true;
            hasNext |= method.Name == "hasNext";
            next |= method.Name == "next";
        }
        return hasNext && next;
    }

    /// <summary>Whether values of a structural type can be iterated over.</summary>
    public static bool IsIterable(HlVirtualTypeDef type) =>
        type.Fields.Any(f => f.Name == "iterator") || (type.Fields.Any(f => f.Name == "hasNext") && type.Fields.Any(f => f.Name == "next"));

    private bool Fits(HlObjectTypeDef type) => Array.TrueForAll(fields, f => Has(type, f.Name, f.Kind));

    private static bool Has(HlObjectTypeDef type, string name, HlTypeKind kind)
    {
        foreach (HlFieldDef field in type.Fields)
            if (field.Name == name && field.Type.Kind == kind)
                return true;
        return false;
    }
}
