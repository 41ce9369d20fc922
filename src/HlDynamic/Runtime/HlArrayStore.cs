using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// How the elements of one of Haxe's array classes lie in its fields. It works on the fields alone, since the
/// compiler removes methods that a program does not use.
/// </summary>
internal abstract class HlArrayStore
{
    /// <summary>The store of a class.</summary>
    public static HlArrayStore Create(HlType type)
    {
        if (HlKnownClass.Find((HlObjectTypeDef)type.Definition!)?.Interface is { IsGenericType: true } implements)
        {
            var size = type.FindMember("size") as HlField;
            Type element = implements.GetGenericArguments()[0];
            if (element == typeof(int)) return new HlBytesStore<int>(size);
            if (element == typeof(double)) return new HlBytesStore<double>(size);
            if (element == typeof(float)) return new HlBytesStore<float>(size);
            if (element == typeof(ushort)) return new HlBytesStore<ushort>(size);
            if (element == typeof(long)) return new HlBytesStore<long>(size);
        }
        return type.FindMember("array") switch
        {
            HlField { Place: PropertyInfo } => new HlObjectStore(),
            HlField { FieldType.Kind: HlTypeKind.Obj } inner => new HlInnerStore(inner),
            _ => throw new NotSupportedException($"The elements of {type.Name} are not accessible."),
        };
    }

    public abstract Type ElementType(HlArrayObject array);

    public virtual int Count(HlArrayObject array) => Math.Max(0, array.length);

    /// <summary>An element, as .NET programs see it.</summary>
    public abstract object? Get(HlArrayObject array, int index);

    /// <summary>A value of a .NET program as an element.</summary>
    /// <exception cref="HlConversionException">The array cannot hold it.</exception>
    public abstract object? Convert(HlArrayObject array, object? value);

    public abstract void SetConverted(HlArrayObject array, int index, object? value);

    public void Set(HlArrayObject array, int index, object? value) => SetConverted(array, index, Convert(array, value));

    /// <summary>Changes the number of elements; new ones are null or zero.</summary>
    public abstract void Resize(HlArrayObject array, int count);

    /// <summary>Copies elements to other places of the array.</summary>
    public abstract void Move(HlArrayObject array, int from, int to, int count);

    public virtual bool TrySpan<T>(HlArrayObject array, out Span<T> span) where T : unmanaged
    {
        span = default;
        return false;
    }

    /// <summary>How many elements to make room for.</summary>
    private protected static int Capacity(int current, int needed) => (int)Math.Max(Math.Min((long)current * 3 / 2, Array.MaxLength / 8), needed);
}

/// <summary>Numbers in a block of bytes.</summary>
internal sealed class HlBytesStore<TElement>(HlField? size) : HlArrayStore where TElement : unmanaged
{
    public override Type ElementType(HlArrayObject array) => typeof(TElement);

    public override object? Get(HlArrayObject array, int index)
    {
        TElement value = Elements(array)[index];
        return typeof(TElement) == typeof(int) ? HlBox.Int(Unsafe.As<TElement, int>(ref value)) : value;
    }

    public override object? Convert(HlArrayObject array, object? value)
    {
        if (value is TElement)
            return value;
        if (!HlNumbers.TryConvert(value, typeof(TElement), out object? result))
            throw HlCollections.Refuse(array.Type, value);
        return result;
    }

    public override void SetConverted(HlArrayObject array, int index, object? value) => Elements(array)[index] = (TElement)value!;

    public override void Resize(HlArrayObject array, int count)
    {
        HlBytes block = array.bytes;
        int capacity = Math.Max(0, block.Available) / Unsafe.SizeOf<TElement>();
        if (count > capacity)
        {
            int larger = Capacity(capacity, count);
            HlBytes grown = HlBytes.Allocate(checked(larger * Unsafe.SizeOf<TElement>()));
            if (!block.IsNull)
                block.Span(0, array.length * Unsafe.SizeOf<TElement>()).CopyTo(grown.Span());
            array.bytes = grown;
            block = grown;
            capacity = larger;
        }
        // Haxe's own methods go by the field, and leave what is behind the length as it is.
        if (size is not null && size.Accessor.GetI32(array) < count)
            size.Accessor.SetI32(array, capacity);
        if (count > array.length)
            block.Span(array.length * Unsafe.SizeOf<TElement>(), (count - array.length) * Unsafe.SizeOf<TElement>()).Clear();
        array.length = count;
    }

    public override void Move(HlArrayObject array, int from, int to, int count)
    {
        Span<TElement> elements = Elements(array);
        elements.Slice(from, count).CopyTo(elements.Slice(to, count));
    }

    public override bool TrySpan<T>(HlArrayObject array, out Span<T> span)
    {
        if (typeof(T) != typeof(TElement))
        {
            span = default;
            return false;
        }
        span = MemoryMarshal.Cast<TElement, T>(Elements(array));
        return true;
    }

    private Span<TElement> Elements(HlArrayObject array) => array.length <= 0
        ? default
        : MemoryMarshal.Cast<byte, TElement>(array.bytes.Span(0, checked(array.length * Unsafe.SizeOf<TElement>())));
}

/// <summary>Values in a native array.</summary>
internal sealed class HlObjectStore : HlArrayStore
{
    public override Type ElementType(HlArrayObject array) => typeof(object);

    public override object? Get(HlArrayObject array, int index) => HlHost.ToHost(Items(array)[index]);

    public override object? Convert(HlArrayObject array, object? value) => Cast(array, value, HlCollections.FromHost(array.Type.Context, value));

    /// <summary>A value as an element of an array of <c>Dynamic</c>, which holds lists of .NET as they are.</summary>
    public object? ConvertDynamic(HlArrayObject array, object? value) => Cast(array, value, HlHost.FromHost(array.Type.Context, value));

    public override void SetConverted(HlArrayObject array, int index, object? value) => Items(array)[index] = value;

    private object? Cast(HlArrayObject array, object? value, object? converted)
    {
        try
        {
            return array.array is { ElementType: var type } ? HlCast.ToType(converted, type) : converted;
        }
        catch (HaxeException)
        {
            throw HlCollections.Refuse(array.Type, value);
        }
    }

    public override void Resize(HlArrayObject array, int count)
    {
        HlArray? native = array.array;
        HlType elementType = native?.ElementType ?? array.Type.Context.Basic(HlTypeKind.Dyn);
        if (native is null || count > native.Length)
        {
            HlArray grown = HlArray.Allocate(elementType, Capacity(native?.Length ?? 0, count));
            if (native is not null)
                grown.Blit(0, native, 0, Math.Min(array.length, native.Length));
            array.array = grown;
        }
        else
        {
            // What was removed must not be kept alive, nor come back.
            int cleared = Math.Abs(array.length - count), first = Math.Min(array.length, count);
            native.Blit(first, HlArray.Allocate(elementType, cleared), 0, cleared);
        }
        array.length = count;
    }

    public override void Move(HlArrayObject array, int from, int to, int count)
    {
        if (count > 0)
            Items(array).Blit(to, Items(array), from, count);
    }

    private HlArray Items(HlArrayObject array) => array.array ?? throw HaxeError.NullAccess(nameof(array.array));
}

/// <summary>Another array, of any representation, behind one of <c>Dynamic</c>.</summary>
internal sealed class HlInnerStore(HlField inner) : HlArrayStore
{
    public override Type ElementType(HlArrayObject array) => typeof(object);

    public override int Count(HlArrayObject array) => Inner(array).Count;

    public override object? Get(HlArrayObject array, int index) => Inner(array)[index];

    public override object? Convert(HlArrayObject array, object? value) =>
        Store(array) is HlObjectStore objects ? objects.ConvertDynamic(Inner(array), value) : Store(array).Convert(Inner(array), value);

    public override void SetConverted(HlArrayObject array, int index, object? value) => Store(array).SetConverted(Inner(array), index, value);

    public override void Resize(HlArrayObject array, int count) => Store(array).Resize(Inner(array), count);

    public override void Move(HlArrayObject array, int from, int to, int count) => Store(array).Move(Inner(array), from, to, count);

    public override bool TrySpan<T>(HlArrayObject array, out Span<T> span) => Store(array).TrySpan(Inner(array), out span);

    private HlArrayStore Store(HlArrayObject array) => Inner(array).Type.ArrayStore;

    // An array that contains itself is none that Haxe makes.
    private HlArrayObject Inner(HlArrayObject array)
    {
        var found = inner.Get(array) as HlArrayObject ?? throw HaxeError.NullAccess(inner.Name);
        return found.Type.ArrayStore is HlInnerStore ? throw HaxeError.Text("An array of an array of Dynamic") : found;
    }
}
