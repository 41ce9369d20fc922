using System.Reflection;
using HlDynamic.Bytecode;
using BytesMap = HlDynamic.Runtime.HlMap<HlDynamic.Runtime.HlBytes, HlDynamic.Runtime.HlHashedBytes, HlDynamic.Runtime.HlBytesKey>;
using IntMap = HlDynamic.Runtime.HlMap<int, int, HlDynamic.Runtime.HlIntKey>;
using ObjectMap = HlDynamic.Runtime.HlMap<object?, HlDynamic.Runtime.HlHashedObject, HlDynamic.Runtime.HlObjectKey>;

namespace HlDynamic.Runtime;

/// <summary>
/// Integers in and out of Haxe's maps without a box: what the classes' own <c>get</c> and <c>set</c> do, called in their
/// place where bytecode boxes what goes in or unboxes what comes out. Each answers false where it does nothing.
/// </summary>
internal static class HlMapInts
{
    private static readonly MethodInfo GetByInt = Of(nameof(TryGetByInt)), SetByInt = Of(nameof(TrySetByInt));
    private static readonly MethodInfo GetByText = Of(nameof(TryGetByText)), SetByText = Of(nameof(TrySetByText));
    private static readonly MethodInfo ExistsByText = Of(nameof(TryExistsByText));
    private static readonly MethodInfo GetByObject = Of(nameof(TryGetByObject)), SetByObject = Of(nameof(TrySetByObject));

    /// <summary>What stands in for a function that gets a value from a map; null for most functions.</summary>
    public static MethodInfo? FindGet(HlFunctionDef function) =>
        IsOfMap(function) && function is { Name: "get", Type: { Return.Kind: HlTypeKind.Dyn, Parameters: [_, var key] } }
            ? ByKey(function, key, GetByInt, GetByText, GetByObject)
            : null;

    /// <summary>What stands in for a function that sets a value in a map; null for most functions.</summary>
    public static MethodInfo? FindSet(HlFunctionDef function) =>
        IsOfMap(function) && function is { Name: "set", Type: { Return.Kind: HlTypeKind.Void, Parameters: [_, var key, { Kind: HlTypeKind.Dyn }] } }
            ? ByKey(function, key, SetByInt, SetByText, SetByObject)
            : null;

    /// <summary>What stands in for a function that asks whether a text is a key of a map; null for most functions.</summary>
    public static MethodInfo? FindExists(HlFunctionDef function) =>
        IsOfMap(function) && function is { Name: "exists", Owner.Name: "haxe.ds.StringMap", Type: { Return.Kind: HlTypeKind.Bool, Parameters: [_, var key] } }
        && HlKnownFunction.IsText(key) ? ExistsByText : null;

    private static bool IsOfMap(HlFunctionDef function) =>
        function.Owner is { Name: "haxe.ds.IntMap" or "haxe.ds.StringMap" or "haxe.ds.ObjectMap" } owner
        && function.Type.Parameters is [var self, ..] && self == owner && HlKnownClass.Find(owner)?.Base == typeof(HlMapObject);

    private static MethodInfo? ByKey(HlFunctionDef function, HlTypeDef key, MethodInfo byInt, MethodInfo byText, MethodInfo byObject) =>
        function.Owner!.Name switch
        {
            "haxe.ds.IntMap" when key.Kind == HlTypeKind.I32 => byInt,
            "haxe.ds.StringMap" when HlKnownFunction.IsText(key) => byText,
            "haxe.ds.ObjectMap" when key.Kind == HlTypeKind.Dyn => byObject,
            _ => null,
        };

    private static bool TryGetByInt(HlMapObject map, int key, out int value)
    {
        if (map.h is IntMap native)
            return native.TryGetInt(key, out value);
        value = 0;
        return false;
    }

    private static bool TrySetByInt(HlMapObject map, int key, int value)
    {
        if (map.h is not IntMap native)
            return false;
        native.SetInt(key, value);
        return true;
    }

    private static bool TryGetByText(HlMapObject map, HlString? key, out int value)
    {
        if (key is { IsEmpty: false } && map.h is BytesMap native)
            return native.TryGetInt(key.bytes, key.KeyHash, out value);
        value = 0;
        return false;
    }

    private static bool TryExistsByText(HlMapObject map, HlString? key, out bool exists)
    {
        exists = false;
        if (key is not { IsEmpty: false } || map.h is not BytesMap native)
            return false;
        exists = native.Contains(key.bytes, key.KeyHash);
        return true;
    }

    private static bool TrySetByText(HlMapObject map, HlString? key, int value)
    {
        if (key is not { IsEmpty: false } || map.h is not BytesMap native)
            return false;
        native.SetInt(key.bytes, key.KeyHash, value);
        return true;
    }

    private static bool TryGetByObject(HlMapObject map, object? key, out int value)
    {
        if (map.h is ObjectMap native)
            return native.TryGetInt(key, out value);
        value = 0;
        return false;
    }

    private static bool TrySetByObject(HlMapObject map, object? key, int value)
    {
        if (map.h is not ObjectMap native)
            return false;
        native.SetInt(key, value);
        return true;
    }

    private static MethodInfo Of(string name) =>
        typeof(HlMapInts).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static) ?? throw new MissingMethodException(nameof(HlMapInts), name);
}
