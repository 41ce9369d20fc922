using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>A <c>haxe.ds.HashMap</c>: a map of keys and one of values, both by the hash code that the key gives itself.</summary>
internal sealed class HlHashStore(HlField keys, HlField values) : HlMapStore
{
    public override Type KeyType => typeof(object);

    public override int Count(HlMapObject map) => Keyed(map).Count;

    public override IEnumerable<object> Keys(HlMapObject map) => Keyed(map).Values!;

    public override IEnumerable Pairs(HlMapObject map) => map.Entries<object>();

    public override object? ConvertKey(HlMapObject map, object? key) =>
        HlHost.FromHost(map.Type.Context, key) is HlObject obj ? obj : throw HlCollections.Refuse(map.Type, key);

    public override bool TryGet(HlMapObject map, object? key, out object? value) => Store(Valued(map)).TryGet(Valued(map), HashOf(map, key), out value);

    public override void Set(HlMapObject map, object? key, object? value)
    {
        object hash = HashOf(map, key);
        Store(Keyed(map)).Set(Keyed(map), hash, key);
        Store(Valued(map)).Set(Valued(map), hash, value);
    }

    public override bool Remove(HlMapObject map, object? key)
    {
        object hash = HashOf(map, key);
        Store(Valued(map)).Remove(Valued(map), hash);
        return Store(Keyed(map)).Remove(Keyed(map), hash);
    }

    public override void Clear(HlMapObject map)
    {
        Keyed(map).Clear();
        Valued(map).Clear();
    }

    public override void Initialize(HlMapObject map)
    {
        foreach (HlField field in (ReadOnlySpan<HlField>)[keys, values])
        {
            var made = (HlMapObject)field.FieldType.Allocate();
            Store(made).Initialize(made);
            field.Set(map, made);
        }
    }

    private HlMapObject Keyed(HlMapObject map) => keys.Get(map) as HlMapObject ?? throw HaxeError.NullAccess(keys.Name);

    private HlMapObject Valued(HlMapObject map) => values.Get(map) as HlMapObject ?? throw HaxeError.NullAccess(values.Name);

    private static HlMapStore Store(HlMapObject map) => map.Type.MapStore;

    private static object HashOf(HlMapObject map, object? key) =>
        HlVirtual.Unwrap(key) is HlObject { Type: var type } obj && type.FindMember("hashCode") is HlMethod method
            ? HlBox.Int(HlCast.ToI32(method.Invoke(obj)))
            : throw HlCollections.Refuse(map.Type, key);
}
