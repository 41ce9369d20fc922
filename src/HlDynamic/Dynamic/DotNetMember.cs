using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A public member that the runtime's own class of an object has for .NET programs, such as <c>ToString</c> or the
/// <c>Constructor</c> of an enum value. The language's binder would find it too, but with a rule for each class.
/// </summary>
internal sealed class DotNetMember : HlMember
{
    private readonly MemberInfo member;

    private DotNetMember(HlType owner, MemberInfo member) : base(owner, member.Name) => this.member = member;

    /// <summary>The property of this name, or the only method that takes so many arguments, none of which needs a conversion; null if there is none.</summary>
    public static DotNetMember? Find(HlObject target, string name, IReadOnlyList<Type>? arguments)
    {
        Type type = target.GetType();
        while (type.Assembly != typeof(HlObject).Assembly)
            type = type.BaseType!;
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        if (arguments is null)
            return type.GetProperty(name, flags) is { } property && property.GetIndexParameters().Length == 0 ? new DotNetMember(target.Type, property) : null;
        MethodInfo[] methods = [.. type.GetMember(name, MemberTypes.Method, flags).Cast<MethodInfo>().Where(m => Takes(m, arguments))];
        return methods.Length == 1 ? new DotNetMember(target.Type, methods[0]) : null;
    }

    private static bool Takes(MethodInfo method, IReadOnlyList<Type> arguments)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return !method.IsGenericMethod && parameters.Length == arguments.Count
            && parameters.Zip(arguments).All(p => p.First.ParameterType == p.Second || p.First.ParameterType == typeof(object));
    }

    public override Expression BuildGet(Expression target) =>
        Boxed(Expression.Property(Expression.Convert(target, member.DeclaringType!), (PropertyInfo)member));

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        problem = $"{FullName} cannot be written";
        return null;
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        problem = null;
        var method = (MethodInfo)member;
        ParameterInfo[] parameters = method.GetParameters();
        return Boxed(Expression.Call(Expression.Convert(target, method.DeclaringType!), method,
            arguments.Values.Select((a, i) => a.Type == parameters[i].ParameterType ? a : Expression.Convert(a, parameters[i].ParameterType))));
    }

    public override object? Get(object target) => ((PropertyInfo)member).GetValue(target);

    public override void SetValue(object target, object? value) => throw Misused($"{FullName} cannot be written");

    public override object? InvokeValue(object target, object?[] arguments) => ((MethodInfo)member).Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static Expression Boxed(Expression value) => value.Type == typeof(void)
        ? Expression.Block(typeof(object), value, Expression.Constant(null))
        : Expression.Convert(value, typeof(object));
}
