using System.Collections;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes Haxe's own values of .NET ones, where Haxe code asks for a type: arrays, maps, bytes, dates, enums, iterables. They are copies.</summary>
internal static class HaxeValues
{
    /// <summary>A value as one of a Haxe type; null if there is nothing to make.</summary>
    /// <exception cref="HlConversionException">An element does not fit.</exception>
    public static object? Create(object? value, HlType type)
    {
        if (value is null || type.ClrType.IsInstanceOfType(value))
            return null;
        switch (type.Kind)
        {
            case HlTypeKind.Obj when value is HlArrayObject array:
                return HlCollections.View(array, type);
            case HlTypeKind.Obj when value is HlObject:
                return null;
            case HlTypeKind.Obj when DateClass.IsDate(type):
                return DateClass.Create(type, value);
            case HlTypeKind.Obj:
                return HlCollections.TryCreate(type, value, out HlObject? created) ? created : null;
            case HlTypeKind.Enum when value is Enum constant:
                return Array.Find(type.Constructors, c => c.Parameters.Length == 0 && c.Name == constant.ToString())?.Create([]);
            case HlTypeKind.Virtual when value is IDictionary<string, object?> fields and not HlObject:
                return HlCast.ToVirtual(Structure(type.Context, fields), type);
            case HlTypeKind.Virtual when value is IEnumerable values and not (HlObject or string) && HlKnownClass.IsIterable((HlVirtualTypeDef)type.Definition!):
                return HlCast.ToVirtual(Iterator(type.Context, values), type);
            default:
                return null;
        }
    }

    // What C# calls an ExpandoObject is what Haxe calls an anonymous structure.
    private static HlDynObj Structure(HlContext context, IDictionary<string, object?> fields)
    {
        var result = new HlDynObj(context);
        foreach ((string name, object? value) in fields)
            HlFields.Set(context, result, context.Hash(name), HlConvert.ToDynamic(value, context));
        return result;
    }

    private static HlDynObj Iterator(HlContext context, IEnumerable values)
    {
        IEnumerator? current = null;
        bool isKnown = false, hasNext = false;
        var result = new HlDynObj(context);
        Set("iterator", (Func<object?>)(() => Iterator(context, values)));
        Set("hasNext", HasNext);
        Set("next", (Func<object?>)(() =>
        {
            object? value = HasNext() ? HlCollections.FromHost(context, current!.Current) : null;
            isKnown = false;
            return value;
        }));
        return result;

        bool HasNext()
        {
            current ??= values.GetEnumerator();
            if (!isKnown)
                hasNext = current.MoveNext();
            isKnown = true;
            return hasNext;
        }

        void Set(string name, Delegate function) => HlFields.Set(context, result, context.Hash(name), function);
    }
}
