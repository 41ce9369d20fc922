using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The elements of arrays and bytes and the entries of maps, by <c>xs[i]</c> and <c>m[key]</c>.</summary>
internal sealed class CollectionIndexer(HlType owner) : HlMember(owner, "[]")
{
    private static readonly MethodInfo GetMethod = Method(nameof(Read)), SetMethod = Method(nameof(Write)),
        GetElementMethod = Method(nameof(GetElement)), SetElementMethod = Method(nameof(SetElement));

    public override Expression BuildGet(Expression target) => throw new NotSupportedException();

    public override Expression? BuildSet(Expression target, Expression value, out string? problem) => throw new NotSupportedException();

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        problem = null;
        if (arguments.Values is [{ } index, ..] && index.Type == typeof(int) && typeof(HlArrayObject).IsAssignableFrom(Owner.ClrType))
        {
            Expression array = Expression.Convert(target, typeof(HlArrayObject));
            return arguments.Values is [_, { } value]
                ? Expression.Call(SetElementMethod, array, index, ValueExpressions.ToObject(value))
                : Expression.Call(GetElementMethod, array, index);
        }
        return Expression.Call(arguments.Values.Count == 1 ? GetMethod : SetMethod,
            [Expression.Convert(target, typeof(object)), .. arguments.Values.Select(ValueExpressions.ToObject)]);
    }

    public override object? Get(object target) => throw new NotSupportedException();

    public override void SetValue(object target, object? value) => throw new NotSupportedException();

    public override object? InvokeValue(object target, object?[] arguments) =>
        arguments.Length == 1 ? Read(target, arguments[0]) : Write(target, arguments[0], arguments[1]);

    /// <summary>For rules: an element of an array.</summary>
    internal static object? GetElement(HlArrayObject target, int index) => HlConvert.FromCollection(target[index]);

    /// <summary>For rules: writes an element of an array, and returns what was written.</summary>
    internal static object? SetElement(HlArrayObject target, int index, object? value) => target[index] = value;

    /// <summary>For rules: an element or the value of a key.</summary>
    internal static object? Read(object target, object? index) => target switch
    {
        HlArrayObject array => GetElement(array, Index(array, index)),
        HlBytesObject bytes => HlBox.Int(bytes[Index(bytes, index)]),
        HlMapObject map => HlConvert.FromCollection(map[index ?? throw new ArgumentNullException(nameof(index))]),
        _ => throw new NotSupportedException(),
    };

    /// <summary>For rules: writes an element or an entry.</summary>
    internal static object? Write(object target, object? index, object? value)
    {
        switch (target)
        {
            case HlArrayObject array:
                return SetElement(array, Index(array, index), value);
            case HlBytesObject bytes:
                bytes[Index(bytes, index)] = HlConvert.To<byte>(value, "The byte");
                break;
            case HlMapObject map:
                map[index ?? throw new ArgumentNullException(nameof(index))] = value;
                break;
        }
        return value;
    }

    private static int Index(HlObject target, object? index) => index is int number ? number
        : HlNumbers.TryConvert(index, typeof(int), out object? converted) ? (int)converted!
        : throw new HlConversionException($"{HaxeNames.Of(target.Type)} is indexed by Int, got {HaxeNames.Show(index)}.", index);

    private static MethodInfo Method(string name) => typeof(CollectionIndexer).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
