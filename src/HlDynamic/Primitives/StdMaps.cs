using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using BytesMap = HlDynamic.Runtime.HlMap<HlDynamic.Runtime.HlBytes, HlDynamic.Runtime.HlHashedBytes, HlDynamic.Runtime.HlBytesKey>;
using Int64Map = HlDynamic.Runtime.HlMap<long, long, HlDynamic.Runtime.HlInt64Key>;
using IntMap = HlDynamic.Runtime.HlMap<int, int, HlDynamic.Runtime.HlIntKey>;
using ObjectMap = HlDynamic.Runtime.HlMap<object?, HlDynamic.Runtime.HlHashedObject, HlDynamic.Runtime.HlObjectKey>;

namespace HlDynamic.Primitives;

/// <summary>Maps by integers, texts and objects (HashLink std/maps.c).</summary>
internal static class StdMaps
{
    [HlPrimitive("std", "hialloc")]
    public static IntMap Hialloc() => new();

    [HlPrimitive("std", "hiset")]
    public static void Hiset(IntMap map, int key, object? value) => map.Set(key, value);

    [HlPrimitive("std", "hiexists")]
    public static bool Hiexists(IntMap map, int key) => map.Contains(key);

    [HlPrimitive("std", "higet")]
    public static object? Higet(IntMap map, int key) => map.Get(key);

    [HlPrimitive("std", "hiremove")]
    public static bool Hiremove(IntMap map, int key) => map.Remove(key);

    [HlPrimitive("std", "hikeys")]
    public static HlArray Hikeys(HlContext context, IntMap map) => new HlArray<int>(context.Basic(HlTypeKind.I32), map.Keys());

    [HlPrimitive("std", "hivalues")]
    public static HlArray Hivalues(HlContext context, IntMap map) => StdArrays.Of(context, map.Values());

    [HlPrimitive("std", "hiclear")]
    public static void Hiclear(IntMap map) => map.Clear();

    [HlPrimitive("std", "hisize")]
    public static int Hisize(IntMap map) => map.Count;

    [HlPrimitive("std", "hi64alloc")]
    public static Int64Map Hi64alloc() => new();

    [HlPrimitive("std", "hi64set")]
    public static void Hi64set(Int64Map map, long key, object? value) => map.Set(key, value);

    [HlPrimitive("std", "hi64exists")]
    public static bool Hi64exists(Int64Map map, long key) => map.Contains(key);

    [HlPrimitive("std", "hi64get")]
    public static object? Hi64get(Int64Map map, long key) => map.Get(key);

    [HlPrimitive("std", "hi64remove")]
    public static bool Hi64remove(Int64Map map, long key) => map.Remove(key);

    [HlPrimitive("std", "hi64keys")]
    public static HlArray Hi64keys(HlContext context, Int64Map map) => new HlArray<long>(context.Basic(HlTypeKind.I64), map.Keys());

    [HlPrimitive("std", "hi64values")]
    public static HlArray Hi64values(HlContext context, Int64Map map) => StdArrays.Of(context, map.Values());

    [HlPrimitive("std", "hi64clear")]
    public static void Hi64clear(Int64Map map) => map.Clear();

    [HlPrimitive("std", "hi64size")]
    public static int Hi64size(Int64Map map) => map.Count;

    [HlPrimitive("std", "hballoc")]
    public static BytesMap Hballoc() => new();

    [HlPrimitive("std", "hbset")]
    public static void Hbset(BytesMap map, HlBytes key, object? value) => map.Set(key, value);

    [HlPrimitive("std", "hbexists")]
    public static bool Hbexists(BytesMap map, HlBytes key) => map.Contains(key);

    [HlPrimitive("std", "hbget")]
    public static object? Hbget(BytesMap map, HlBytes key) => map.Get(key);

    [HlPrimitive("std", "hbremove")]
    public static bool Hbremove(BytesMap map, HlBytes key) => map.Remove(key);

    [HlPrimitive("std", "hbkeys")]
    public static HlArray Hbkeys(HlContext context, BytesMap map) => StdArrays.Of(context, map.Keys());

    [HlPrimitive("std", "hbvalues")]
    public static HlArray Hbvalues(HlContext context, BytesMap map) => StdArrays.Of(context, map.Values());

    [HlPrimitive("std", "hbclear")]
    public static void Hbclear(BytesMap map) => map.Clear();

    [HlPrimitive("std", "hbsize")]
    public static int Hbsize(BytesMap map) => map.Count;

    [HlPrimitive("std", "hoalloc")]
    public static ObjectMap Hoalloc() => new();

    [HlPrimitive("std", "hoset")]
    public static void Hoset(ObjectMap map, object? key, object? value) => map.Set(key, value);

    [HlPrimitive("std", "hoexists")]
    public static bool Hoexists(ObjectMap map, object? key) => map.Contains(key);

    [HlPrimitive("std", "hoget")]
    public static object? Hoget(ObjectMap map, object? key) => map.Get(key);

    [HlPrimitive("std", "horemove")]
    public static bool Horemove(ObjectMap map, object? key) => map.Remove(key);

    [HlPrimitive("std", "hokeys")]
    public static HlArray Hokeys(HlContext context, ObjectMap map) => StdArrays.Of(context, map.Keys());

    [HlPrimitive("std", "hovalues")]
    public static HlArray Hovalues(HlContext context, ObjectMap map) => StdArrays.Of(context, map.Values());

    [HlPrimitive("std", "hoclear")]
    public static void Hoclear(ObjectMap map) => map.Clear();

    [HlPrimitive("std", "hosize")]
    public static int Hosize(ObjectMap map) => map.Count;
}
