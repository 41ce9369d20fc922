using System.Collections;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>How one of Haxe's map classes holds its entries. Keys are what Haxe holds; enumeration gives .NET's.</summary>
internal abstract class HlMapStore
{
    /// <summary>The store of a class.</summary>
    public static HlMapStore Create(HlType type)
    {
        for (HlType? t = type; t is not null; t = t.Super)
        {
            switch (t.Name)
            {
                case "haxe.ds.IntMap":
                    return new HlNativeMapStore<int>(static () => new HlMap<int, int, HlIntKey>());
                case "haxe.ds.StringMap":
                    return new HlNativeMapStore<string>(static () => new HlMap<HlBytes, HlHashedBytes, HlBytesKey>());
                case "haxe.ds.ObjectMap":
                    return new HlNativeMapStore<object>(static () => new HlMap<object?, HlHashedObject, HlObjectKey>());
            }
        }
        return type.FindMember("keys") is HlField keys && type.FindMember("values") is HlField values ? new HlHashStore(keys, values) : new HlTreeStore(type);
    }

    public abstract Type KeyType { get; }

    public abstract int Count(HlMapObject map);

    /// <summary>The keys, as .NET programs see them.</summary>
    public abstract IEnumerable<object> Keys(HlMapObject map);

    /// <summary>The entries, each as a pair of the key's type and <see cref="object"/>.</summary>
    public abstract IEnumerable Pairs(HlMapObject map);

    /// <summary>A key of a .NET program as a Haxe key.</summary>
    /// <exception cref="HlConversionException">The map cannot have such a key.</exception>
    public abstract object? ConvertKey(HlMapObject map, object? key);

    public abstract bool TryGet(HlMapObject map, object? key, out object? value);

    public abstract void Set(HlMapObject map, object? key, object? value);

    public abstract bool Remove(HlMapObject map, object? key);

    public abstract void Clear(HlMapObject map);

    /// <summary>Makes a new object of the class an empty map.</summary>
    public virtual void Initialize(HlMapObject map) { }
}

/// <summary>A native map in the field <c>h</c>.</summary>
internal sealed class HlNativeMapStore<TKey>(Func<IHlNativeMap> create) : HlMapStore
{
    public override Type KeyType => typeof(TKey);

    public override int Count(HlMapObject map) => Native(map).Count;

    public override IEnumerable<object> Keys(HlMapObject map) => Native(map).Keys.Select(static k => k is HlBytes text ? new string(text.Chars()) : HlHost.ToHost(k)!);

    public override IEnumerable Pairs(HlMapObject map) => map.Entries<TKey>();

    public override object? ConvertKey(HlMapObject map, object? key)
    {
        if (typeof(TKey) == typeof(object))
            return key is string ? throw HlCollections.Refuse(map.Type, key) : key;
        if (typeof(TKey) == typeof(string))
        {
            return key switch
            {
                string text => HlBytes.FromString(text),
                HlString text => HlBytes.FromString(text.ToString()),
                _ => throw HlCollections.Refuse(map.Type, key),
            };
        }
        return HlNumbers.TryConvert(key, typeof(TKey), out object? number) ? number : throw HlCollections.Refuse(map.Type, key);
    }

    public override bool TryGet(HlMapObject map, object? key, out object? value) => Native(map).TryGet(key, out value);

    public override void Set(HlMapObject map, object? key, object? value) => Native(map).Set(key, value);

    public override bool Remove(HlMapObject map, object? key) => Native(map).Remove(key);

    public override void Clear(HlMapObject map) => Native(map).Clear();

    public override void Initialize(HlMapObject map) => map.h = create();

    private static IHlNativeMap Native(HlMapObject map) => map.h as IHlNativeMap ?? throw HaxeError.NullAccess("h");
}

/// <summary>
/// A <c>haxe.ds.BalancedTree</c>, the map by enum values. Entries are read from the nodes; to add and remove, the tree
/// must be balanced, which Haxe's own methods do. The compiler leaves out those that the program does not use.
/// </summary>
internal sealed class HlTreeStore : HlMapStore
{
    private readonly HlType type;
    private readonly HlField root;
    private readonly HlField? left, right, key, value;

    public HlTreeStore(HlType type)
    {
        this.type = type;
        root = type.FindMember("root") as HlField ?? throw new NotSupportedException($"The entries of {type.Name} are not accessible.");
        HlType node = root.FieldType;
        left = node.FindMember("left") as HlField;
        right = node.FindMember("right") as HlField;
        key = node.FindMember("key") as HlField;
        value = node.FindMember("value") as HlField;
    }

    public override Type KeyType => typeof(object);

    public override int Count(HlMapObject map) => Nodes(map).Count();

    public override IEnumerable<object> Keys(HlMapObject map) => Nodes(map).Select(n => HlHost.ToHost(key?.Get(n))!);

    public override IEnumerable Pairs(HlMapObject map) => map.Entries<object>();

    public override object? ConvertKey(HlMapObject map, object? key) => HlHost.FromHost(map.Type.Context, key);

    public override bool TryGet(HlMapObject map, object? key, out object? value)
    {
        object? node = Find(map, key);
        value = node is null ? null : this.value?.Get(node);
        return node is not null;
    }

    public override void Set(HlMapObject map, object? key, object? value)
    {
        if (Find(map, key) is { } node && this.value is not null)
            this.value.Set(node, value);
        else
            Method("set").Invoke(map, key, value);
    }

    public override bool Remove(HlMapObject map, object? key) => Find(map, key) is not null && Method("remove").Invoke(map, key) is true;

    public override void Clear(HlMapObject map) => root.Set(map, null);

    private object? Find(HlMapObject map, object? wanted)
    {
        var compare = type.FindMember("compare") as HlMethod;
        if (compare is null)
            return Nodes(map).FirstOrDefault(n => Equals(HlHost.ToHost(key?.Get(n)), HlHost.ToHost(wanted)));
        object? node = root.Get(map);
        while (node is not null)
        {
            int order = HlCast.ToI32(compare.Invoke(map, wanted, key?.Get(node)));
            if (order == 0)
                return node;
            node = (order < 0 ? left : right)?.Get(node);
        }
        return null;
    }

    private IEnumerable<object> Nodes(HlMapObject map)
    {
        var path = new Stack<object>();
        object? node = root.Get(map);
        while (node is not null || path.Count > 0)
        {
            for (; node is not null; node = left?.Get(node))
                path.Push(node);
            node = path.Pop();
            yield return node;
            node = right?.Get(node);
        }
    }

    private HlMethod Method(string name) => type.FindMember(name) as HlMethod ?? throw new HlMissingMemberException(type.Name, name,
        $"{type.Name} has no method {name}: the Haxe compiler leaves out what the program does not use (-dce no, @:keep).", []);
}
