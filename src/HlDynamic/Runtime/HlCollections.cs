using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>Makes Haxe's arrays, maps, lists and bytes of the collections of .NET; they are copied.</summary>
internal static class HlCollections
{
    private const string ArrayOf = "hl.types.ArrayBytes_", ObjectArray = "hl.types.ArrayObj", BytesClass = "haxe.io.Bytes";

    /// <summary>
    /// A value of .NET where Haxe holds values of one type that only its compiler knew, as in an array of arrays:
    /// lists and dictionaries become Haxe's own.
    /// </summary>
    /// <exception cref="HlConversionException">An element does not fit.</exception>
    public static object? FromHost(HlContext context, object? value)
    {
        if (value is HlObject or HlArray or not (Array or IList or IDictionary))
            return HlHost.FromHost(context, value);
        string className = value switch
        {
            byte[] => BytesClass,
            IDictionary<int, object?> => "haxe.ds.IntMap",
            IDictionary map => MapClass(map),
            int[] or List<int> => ArrayOf + "Int",
            double[] or List<double> => ArrayOf + "Float",
            float[] or List<float> => ArrayOf + "hl_F32",
            ushort[] or List<ushort> => ArrayOf + "hl_UI16",
            _ => ObjectArray,
        };
        return context.FindClass(className) is { } type && TryCreate(type, value, out HlObject? created) ? created : value;
    }

    /// <summary>A collection as a new object of one of Haxe's own classes; false if the class is none of them or the value no such collection.</summary>
    /// <exception cref="HlConversionException">An element does not fit.</exception>
    public static bool TryCreate(HlType type, object value, out HlObject? result)
    {
        result = null;
        if (value is string)
            return false;
        Type clr = type.ClrType;
        if (typeof(HlArrayObject).IsAssignableFrom(clr))
            result = value is IEnumerable values ? CreateArray(type, values) : null;
        else if (typeof(HlMapObject).IsAssignableFrom(clr))
            result = CreateMap(type, value);
        else if (typeof(HlBytesObject).IsAssignableFrom(clr))
            result = CreateBytes(type, value);
        else if (typeof(HlListObject).IsAssignableFrom(clr))
            result = value is IEnumerable elements ? CreateList(type, elements) : null;
        return result is not null;
    }

    /// <summary>The error that a collection cannot hold a value.</summary>
    public static HlConversionException Refuse(HlType type, object? value) =>
        new($"{(value is null ? "null" : $"{value} ({value.GetType()})")} cannot be an element or key of {type.Name}.", value);

    private static HlArrayObject? CreateArray(HlType type, IEnumerable values)
    {
        var array = (HlArrayObject)type.Allocate();
        if (type.ArrayStore is HlInnerStore)
        {
            // An array of Dynamic stands before another one.
            if (type.Context.FindClass(ObjectArray) is not { } inner || !typeof(HlArrayObject).IsAssignableFrom(inner.ClrType))
                return null;
            var held = (HlArrayObject)inner.Allocate();
            inner.ArrayStore.Resize(held, 0);
            Wrap(array, held, true);
        }
        else
        {
            type.ArrayStore.Resize(array, 0);
        }
        if (!Copy<int>(array, values) && !Copy<double>(array, values) && !Copy<float>(array, values) && !Copy<ushort>(array, values))
            array.AddRange(values);
        return array;
    }

    /// <summary>An array as one of another representation, which can only be the array of <c>Dynamic</c>: a view of it, as Haxe's own casts make.</summary>
    public static HlArrayObject? View(HlArrayObject array, HlType type)
    {
        if (!typeof(HlArrayObject).IsAssignableFrom(type.ClrType) || type.ArrayStore is not HlInnerStore || array.Type.ArrayStore is HlInnerStore)
            return null;
        var view = (HlArrayObject)type.Allocate();
        Wrap(view, array, false);
        return view;
    }

    private static void Wrap(HlArrayObject outer, HlArrayObject inner, bool allowReinterpret)
    {
        ((HlField)outer.Type.FindMember("array")!).Set(outer, inner);
        if (outer.Type.FindMember("allowReinterpret") is HlField flag)
            flag.Set(outer, allowReinterpret);
    }

    private static bool Copy<T>(HlArrayObject array, IEnumerable values) where T : unmanaged
    {
        if (values is not T[] source || array.ElementType != typeof(T))
            return false;
        array.Type.ArrayStore.Resize(array, source.Length);
        source.CopyTo(array.AsSpan<T>());
        return true;
    }

    private static HlMapObject? CreateMap(HlType type, object value)
    {
        IEnumerable<(object Key, object? Value)>? entries = Entries(value);
        if (entries is null)
            return null;
        var map = (HlMapObject)type.Allocate();
        type.MapStore.Initialize(map);
        foreach ((object key, object? element) in entries)
            map[key] = element;
        return map;
    }

    // Dictionaries, and sequences of pairs, whose class is known only now.
    private static IEnumerable<(object, object?)>? Entries(object value)
    {
        if (value is IDictionary dictionary)
        {
            var list = new List<(object, object?)>();
            foreach (DictionaryEntry entry in dictionary)
                list.Add((entry.Key, entry.Value));
            return list;
        }
        if (value is not IEnumerable sequence)
            return null;
        Type? pair = value.GetType().GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(i => i.GetGenericArguments()[0]).FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        if (pair is null)
            return null;
        var key = pair.GetProperty("Key")!;
        var element = pair.GetProperty("Value")!;
        return sequence.Cast<object>().Select(p => (key.GetValue(p)!, element.GetValue(p)));
    }

    private static string MapClass(IDictionary map)
    {
        Type? key = map.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDictionary<,>))?.GetGenericArguments()[0];
        return key == typeof(int) ? "haxe.ds.IntMap" : key == typeof(string) ? "haxe.ds.StringMap" : "haxe.ds.ObjectMap";
    }

    private static HlBytesObject? CreateBytes(HlType type, object value)
    {
        byte[]? bytes = value switch
        {
            byte[] array => (byte[])array.Clone(),
            Memory<byte> memory => memory.ToArray(),
            ReadOnlyMemory<byte> memory => memory.ToArray(),
            ArraySegment<byte> segment => [.. segment],
            IEnumerable<byte> sequence => [.. sequence],
            _ => null,
        };
        if (bytes is null)
            return null;
        var result = (HlBytesObject)type.Allocate();
        result.Set(bytes);
        return result;
    }

    private static HlListObject CreateList(HlType type, IEnumerable values)
    {
        var list = (HlListObject)type.Allocate();
        foreach (object? value in values)
            list.Append(FromHost(type.Context, value));
        return list;
    }
}
