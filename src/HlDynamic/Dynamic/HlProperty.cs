using System.Linq.Expressions;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A Haxe property: reading goes through <c>get_x</c> and writing through <c>set_x</c> where the class has them, and
/// to the field otherwise. Bytecode does not tell properties, so this is the rule of <c>Reflect.getProperty</c>.
/// </summary>
internal sealed class HlProperty(HlType owner, string name, HlMember? field, HlMember? getter, HlMember? setter) : HlMember(owner, name)
{
    /// <summary>The property of this name; null if the class has no accessor for it.</summary>
    public static HlProperty? Find(HlType type, string name)
    {
        HlMember? getter = Accessor(type, "get_" + name, 0), setter = Accessor(type, "set_" + name, 1);
        HlMember? field = type.FindMember(name);
        return getter is null && setter is null || field is HlMethod ? null : new HlProperty(type, name, field, getter, setter);
    }

    private static HlMember? Accessor(HlType type, string name, int parameters) => type.FindMember(name) switch
    {
        HlMethod method when method.Signature.Parameters.Length == parameters + 1 => method,
        HlField { FieldType: { Kind: HlTypeKind.Fun } function } field when function.Parameters.Length == parameters => field,
        _ => null,
    };

    public override Expression BuildGet(Expression target) =>
        getter?.BuildInvoke(target, CallArguments.None, out _) ?? field?.BuildGet(target) ?? Expression.Constant(null);

    public override Expression BuildValue(Expression target, out HlType? type) =>
        getter?.BuildCall(target, CallArguments.None, out type, out _) is { } value ? value
        : getter is null && field is not null ? field.BuildValue(target, out type)
        : base.BuildValue(target, out type);

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        if (setter is not null)
            return setter.BuildInvoke(target, CallArguments.Of(value), out problem);
        if (field is not null)
            return field.BuildSet(target, value, out problem);
        problem = $"{FullName} cannot be written";
        return null;
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        BuildValue(target, out HlType? type);
        if (type is null or { Kind: HlTypeKind.Fun or HlTypeKind.Dyn or HlTypeKind.Null or HlTypeKind.Virtual })
            return FunctionCalls.Build(BuildGet(target), FullName, Owner.Context, arguments, out problem);
        // Languages that write a property as a call without arguments, as VB does, read it then.
        problem = $"{FullName} is {HaxeNames.Of(type)}, which cannot be called";
        return null;
    }

    public override object? Get(object target) => HlConvert.ToDynamic(GetValue(target), Owner.Context);

    public override object? GetValue(object target) => getter is not null ? getter.InvokeValue(target, []) : field?.GetValue(target);

    public override void SetValue(object target, object? value)
    {
        if (setter is not null)
            setter.InvokeValue(target, [value]);
        else if (field is not null)
            field.SetValue(target, value);
        else
            throw Misused($"{FullName} cannot be written");
    }

    public override object? InvokeValue(object target, object?[] arguments) => FunctionCalls.Call(GetValue(target), arguments, FullName, Owner.Context);
}
