using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Types as values (HashLink std/types.c).</summary>
internal static class StdTypes
{
    [HlPrimitive("std", "type_str")]
    public static HlBytes TypeStr(HlType type) => HlBytes.FromString(type.ToString());

    [HlPrimitive("std", "type_name")]
    public static HlBytes TypeName(HlType type) =>
        type.Kind is HlTypeKind.Obj or HlTypeKind.Struct or HlTypeKind.Enum or HlTypeKind.Abstract && type.Name.Length > 0
            ? HlBytes.FromString(type.Name)
            : default;

    [HlPrimitive("std", "type_args_count")]
    public static int TypeArgsCount(HlType type) => type.Parameters.Length;

    [HlPrimitive("std", "type_super")]
    public static HlType TypeSuper(HlContext context, HlType type) => type.Super ?? context.Basic(HlTypeKind.Void);

    [HlPrimitive("std", "type_get_global")]
    public static object? TypeGetGlobal(HlType type) => type.GlobalValue;

    [HlPrimitive("std", "type_set_global")]
    public static bool TypeSetGlobal(HlType type, object? value)
    {
        if (type.GlobalIndex < 0)
            return false;
        type.GlobalValue = value;
        return true;
    }

    // A class before its base; of each the methods that the base does not have, then the fields.
    [HlPrimitive("std", "type_instance_fields")]
    public static HlArray? TypeInstanceFields(HlContext context, HlType type)
    {
        var names = new List<string>();
        switch (type.Definition)
        {
            case HlVirtualTypeDef structure:
                foreach (HlFieldDef field in structure.Fields)
                    names.Add(field.Name);
                break;
            case HlObjectTypeDef definition:
                for (HlObjectTypeDef? obj = definition; obj is not null; obj = obj.Super)
                {
                    int inherited = CountVirtuals(obj.Super);
                    foreach (HlPrototypeDef method in obj.Prototypes)
                        if (method.VirtualIndex < 0 || method.VirtualIndex >= inherited)
                            names.Add(method.Name);
                    foreach (HlFieldDef field in obj.Fields)
                        names.Add(field.Name);
                }
                break;
            default:
                return null;
        }
        return StdArrays.OfStrings(context, names);
    }

    private static int CountVirtuals(HlObjectTypeDef? type)
    {
        int count = 0;
        for (; type is not null; type = type.Super)
            foreach (HlPrototypeDef method in type.Prototypes)
                count = Math.Max(count, method.VirtualIndex + 1);
        return count;
    }

    // How many bytes an object takes is not known here; -1 is HashLink's answer for what is no object.
    [HlPrimitive("std", "type_data_size")]
    public static int TypeDataSize(HlType type) => -1;

    // Names are for printing, and a guid is printed as the number it is.
    [HlPrimitive("std", "register_guid_name")]
    public static void RegisterGuidName(long guid, HlBytes name)
    {
    }
}
