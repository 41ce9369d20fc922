using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Objects by reflection: fields by the number of their name (HashLink std/obj.c).</summary>
internal static class StdObjects
{
    [HlPrimitive("std", "alloc_obj")]
    public static object AllocObj(HlType type) => type.Allocate();

    [HlPrimitive("std", "obj_get_field")]
    public static object? ObjGetField(HlContext context, object? target, int hash) => HlFields.Get(context, target, hash);

    [HlPrimitive("std", "obj_set_field")]
    public static void ObjSetField(HlContext context, object? target, int hash, object? value) => HlFields.Set(context, target, hash, value);

    [HlPrimitive("std", "obj_has_field")]
    public static bool ObjHasField(HlContext context, object? target, int hash) => HlFields.Has(context, target, hash);

    [HlPrimitive("std", "obj_delete_field")]
    public static bool ObjDeleteField(object? target, int hash) => HlFields.Delete(target, hash);

    [HlPrimitive("std", "obj_fields")]
    public static HlArray? ObjFields(HlContext context, object? target)
    {
        if (HlVirtual.Unwrap(target) is not HlDynObj obj)
            return HlFields.Names(context, target) is { } names ? StdArrays.OfStrings(context, names) : null;
        var fields = new HlBytes[obj.Entries.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = context.NameBytes(obj.Entries[i].Hash);
        return StdArrays.Of(context, fields);
    }

    [HlPrimitive("std", "obj_copy")]
    public static object? ObjCopy(object? target) => HlFields.Copy(target);

    [HlPrimitive("std", "get_virtual_value")]
    public static object? GetVirtualValue(object? value) => (value as HlVirtual)?.Target;

    [HlPrimitive("std", "hash")]
    public static int Hash(HlContext context, HlBytes name) => context.Hash(name);

    [HlPrimitive("std", "field_name")]
    public static HlBytes FieldName(HlContext context, int hash) => context.NameBytes(hash);
}
