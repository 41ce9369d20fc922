using System.Linq.Expressions;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Reads or writes <c>target[index]</c>: an element of an array, an entry of a map or of any class that has <c>get</c> and
/// <c>set</c>, and on every other object the field of that name.
/// </summary>
/// <param name="isSet">Whether the last argument is the value to write.</param>
internal sealed class IndexAccess(bool isSet) : MemberAccess("[]", false)
{
    public override HlMember? Find(HlObject target, IReadOnlyList<Expression> arguments)
    {
        HlType type = target.Type;
        if (target is HlArrayObject or HlMapObject or HlBytesObject)
            return arguments.Count == (isSet ? 2 : 1) ? new CollectionIndexer(type) : null;
        if (type.Kind is HlTypeKind.Obj or HlTypeKind.Struct)
        {
            foreach (string name in (ReadOnlySpan<string>)["get", "set"])
                if (name.StartsWith('s') == isSet && type.FindMember(name) is HlMethod method && method.Signature.Parameters.Length == arguments.Count + 1)
                    return method;
        }
        return arguments.Count == (isSet ? 2 : 1) && type.Kind != HlTypeKind.Enum ? new NamedField(type) : null;
    }

    public override Expression? Build(HlMember member, Expression target, IReadOnlyList<Expression> arguments, out string? problem)
    {
        Expression? call = member.BuildInvoke(target, new CallArguments(arguments, new System.Dynamic.CallInfo(arguments.Count), false), out problem);
        // A class's own set need not return the value.
        return call is null || !isSet || member is not HlMethod ? call : Expression.Block(typeof(object), call, ValueExpressions.ToObject(arguments[^1]));
    }
}

/// <summary>The field that an index names: <c>p["health"]</c>, for names that are known only when the program runs.</summary>
internal sealed class NamedField(HlType owner) : HlMember(owner, "[]")
{
    public override Expression BuildGet(Expression target) => throw new NotSupportedException();

    public override Expression? BuildSet(Expression target, Expression value, out string? problem) => throw new NotSupportedException();

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        problem = null;
        return Expression.Call(arguments.Values.Count == 1 ? RuleMethods.GetNamedField : RuleMethods.SetNamedField,
            [Expression.Convert(target, typeof(object)), .. arguments.Values.Select(ValueExpressions.ToObject)]);
    }

    public override object? Get(object target) => throw new NotSupportedException();

    public override void SetValue(object target, object? value) => throw new NotSupportedException();

    public override object? InvokeValue(object target, object?[] arguments) =>
        arguments.Length == 1 ? Read(target, arguments[0]) : Write(target, arguments[0], arguments[1]);

    /// <summary>For rules: the value of a field.</summary>
    /// <exception cref="HlConversionException">The index is no name.</exception>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    internal static object? Read(object target, object? index) => HlObject.Get(target, NameOf((HlObject)target, index));

    /// <summary>For rules: writes a field.</summary>
    /// <exception cref="HlConversionException">The index is no name, or the field cannot hold the value.</exception>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    internal static object? Write(object target, object? index, object? value)
    {
        HlObject.Set(target, NameOf((HlObject)target, index), value);
        return value;
    }

    private static string NameOf(HlObject target, object? index) => index as string
        ?? throw new HlConversionException($"{HaxeNames.Of(target.Type)} is indexed by the names of its fields, got {HaxeNames.Show(index)}.", index);
}
