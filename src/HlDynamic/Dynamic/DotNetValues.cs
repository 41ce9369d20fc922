using System.Collections;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes .NET's own types of Haxe values, where a .NET program asks for one: <c>int[] a = hl.Game.values()</c>.</summary>
internal static class DotNetValues
{
    private static readonly MethodInfo CreateListMethod = Method(nameof(CreateList)), CreateDictionaryMethod = Method(nameof(CreateDictionary)),
        CreateArrayMethod = Method(nameof(CreateArray)), CreateSequenceMethod = Method(nameof(CreateSequence));

    /// <summary>A value as another type; false if it cannot be.</summary>
    public static bool TryConvert(object? value, Type type, out object? result)
    {
        if (value is HlFunction function && typeof(Delegate).IsAssignableFrom(type) && !type.IsAbstract)
        {
            result = DelegateFactory.Create(function, type);
            return true;
        }
        if (HlHost.TryToHost(value, type, out result))
            return true;
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (HlNumbers.IsNumber(wanted))
            return HlNumbers.TryConvert(value, wanted, out result);
        result = null;
        try
        {
            if (value is HlEnum choice && wanted.IsEnum)
                return choice.Count == 0 && Enum.TryParse(wanted, choice.Constructor, out result);
            if (value is not HlObject obj || wanted == typeof(string))
                return false;
            if (DateClass.IsDate(obj.Type) && DateClass.TryConvert(obj, wanted, out result))
                return true;
            result = obj switch
            {
                HlBytesObject bytes => Bytes(bytes, wanted),
                HlMapObject map => Map(map, wanted),
                IEnumerable values => Sequence(values, wanted),
                _ when wanted.IsAssignableTo(typeof(IEnumerable)) && HlIteration.IsIterable(obj) => Sequence(new Iterable(obj), wanted),
                _ when wanted.IsInterface => InterfaceProxy.Create(HlVirtual.Unwrap(obj) as HlObject ?? obj, wanted),
                _ => RecordShape.Of(wanted)?.Create(obj),
            };
        }
        // The elements are not what was asked for.
        catch (TargetInvocationException e) when (e.InnerException is HlConversionException)
        {
            return false;
        }
        return result is not null;
    }

    /// <summary>Whether a conversion of an object is worth trying, which may go through an iterator; decided without side effects.</summary>
    public static bool MayConvert(HlObject value, Type type)
    {
        Type wanted = Nullable.GetUnderlyingType(type) ?? type;
        if (typeof(HlObject).IsAssignableFrom(wanted) || wanted == typeof(string) || wanted == typeof(object))
            return false;
        return value switch
        {
            HlEnum => wanted.IsEnum,
            HlBytesObject when wanted == typeof(Memory<byte>) || wanted == typeof(ReadOnlyMemory<byte>) || wanted.IsAssignableFrom(typeof(MemoryStream)) => true,
            IEnumerable => typeof(IEnumerable).IsAssignableFrom(wanted),
            _ => typeof(IEnumerable).IsAssignableFrom(wanted) ? HlIteration.IsIterable(value)
                : DateClass.IsDate(value.Type) ? wanted == typeof(DateTime) || wanted == typeof(DateTimeOffset) || wanted == typeof(DateOnly)
                : wanted.IsInterface || RecordShape.Of(wanted) is not null,
        };
    }

    private static object? Bytes(HlBytesObject bytes, Type type) =>
        type == typeof(byte[]) ? bytes.ToArray()
        : type == typeof(Memory<byte>) ? bytes.AsMemory()
        : type == typeof(ReadOnlyMemory<byte>) ? (ReadOnlyMemory<byte>)bytes.AsMemory()
        : type == typeof(MemoryStream) || type == typeof(Stream) ? new MemoryStream(bytes.ToArray(), writable: false)
        : Sequence(bytes, type);

    private static object? Map(HlMapObject map, Type type)
    {
        if (!type.IsGenericType)
            return null;
        Type open = type.GetGenericTypeDefinition();
        return open == typeof(Dictionary<,>) || open == typeof(IDictionary<,>) || open == typeof(IReadOnlyDictionary<,>)
            ? CreateDictionaryMethod.MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [map])
            : null;
    }

    private static object? Sequence(IEnumerable values, Type type)
    {
        if (type == typeof(IEnumerable))
            return values;
        if (type.IsSZArray)
            return CreateArrayMethod.MakeGenericMethod(type.GetElementType()!).Invoke(null, [values]);
        if (!type.IsGenericType)
            return null;
        Type open = type.GetGenericTypeDefinition(), element = type.GetGenericArguments()[0];
        if (open == typeof(List<>))
            return CreateListMethod.MakeGenericMethod(element).Invoke(null, [values]);
        if (open == typeof(HashSet<>) || open == typeof(Queue<>) || open == typeof(Stack<>))
            return Activator.CreateInstance(type, CreateArrayMethod.MakeGenericMethod(element).Invoke(null, [values]));
        if (open == typeof(IEnumerable<>) && values is not IList)
            return CreateSequenceMethod.MakeGenericMethod(element).Invoke(null, [values]);
        bool isList = open == typeof(IList<>) || open == typeof(ICollection<>) || open == typeof(IReadOnlyList<>) || open == typeof(IReadOnlyCollection<>) || open == typeof(IEnumerable<>);
        if (!isList)
            return null;
        return values is HlArrayObject array
            ? Activator.CreateInstance(typeof(HlListView<>).MakeGenericType(element), array)
            : CreateArrayMethod.MakeGenericMethod(element).Invoke(null, [values]);
    }

    private static T[] CreateArray<T>(IEnumerable values) => [.. CreateSequence<T>(values)];

    private static List<T> CreateList<T>(IEnumerable values) => [.. CreateSequence<T>(values)];

    private static IEnumerable<T> CreateSequence<T>(IEnumerable values)
    {
        int index = 0;
        foreach (object? value in values)
            yield return HlConvert.To<T>(value, $"Element {index++}");
    }

    private static Dictionary<TKey, TValue> CreateDictionary<TKey, TValue>(HlMapObject map) where TKey : notnull
    {
        var result = new Dictionary<TKey, TValue>();
        foreach (object key in map.Keys)
            result.Add(HlConvert.To<TKey>(key, "A key"), HlConvert.To<TValue>(map[key], $"The value of {key}"));
        return result;
    }

    private static MethodInfo Method(string name) => typeof(DotNetValues).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private sealed class Iterable(HlObject value) : IEnumerable<object?>
    {
        public IEnumerator<object?> GetEnumerator() => HlIteration.Of(value);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
