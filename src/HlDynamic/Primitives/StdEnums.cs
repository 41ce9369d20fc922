using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Enums by reflection (HashLink std/types.c).</summary>
internal static class StdEnums
{
    [HlPrimitive("std", "type_enum_fields")]
    public static HlArray TypeEnumFields(HlContext context, HlType type) =>
        StdArrays.OfStrings(context, Array.ConvertAll(type.Constructors, static c => c.Name));

    [HlPrimitive("std", "type_enum_values")]
    public static HlArray TypeEnumValues(HlContext context, HlType type) =>
        StdArrays.Of(context, Array.ConvertAll<HlConstructor, object?>(type.Constructors, static c => c.Parameters.Length == 0 ? c.Create([]) : null));

    [HlPrimitive("std", "type_enum_eq")]
    public static bool TypeEnumEq(object? a, object? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if (a is not HlEnum x || b is not HlEnum y || !ReferenceEquals(x.Type, y.Type) || x.Index != y.Index)
            return false;
        int count = x.Type.Constructors[x.Index].Parameters.Length;
        for (int i = 0; i < count; i++)
        {
            object? own = x.Argument(i), other = y.Argument(i);
            if (own is HlEnum && other is HlEnum ? !TypeEnumEq(own, other) : HlCompare.Compare(own, other) != 0)
                return false;
        }
        return true;
    }

    // Arguments may be missing where the parameter can be null.
    [HlPrimitive("std", "alloc_enum_dyn")]
    public static object? AllocEnumDyn(HlType type, int index, HlArray arguments, int count)
    {
        HlConstructor constructor = type.Constructors[index];
        HlType[] parameters = constructor.Parameters;
        if (parameters.Length < count || arguments.Length < count)
            return null;
        var values = new object?[parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (i < count)
                values[i] = HlCast.ToType(arguments[i], parameters[i]);
            else if (!parameters[i].IsPointer)
                return null;
        }
        return constructor.Create(values);
    }

    [HlPrimitive("std", "enum_parameters")]
    public static HlArray EnumParameters(HlContext context, object? value)
    {
        var e = (HlEnum?)value ?? throw HaxeError.NullAccess();
        var parameters = new object?[e.Type.Constructors[e.Index].Parameters.Length];
        for (int i = 0; i < parameters.Length; i++)
            parameters[i] = e.Argument(i);
        return StdArrays.Of(context, parameters);
    }
}
