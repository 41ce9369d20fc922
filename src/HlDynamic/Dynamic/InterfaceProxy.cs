using System.Collections.Concurrent;
using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// C# interfaces over Haxe objects, by shape. For each interface there is one class (<see cref="ProxyClass"/>), for each
/// Haxe type one table of delegates that the class's methods call with the object: a call costs that of two delegates.
/// </summary>
internal static class InterfaceProxy
{
    /// <summary>The object as an interface.</summary>
    /// <exception cref="HlMissingMemberException">The object has no member that the interface needs.</exception>
    /// <exception cref="HlConversionException">A member does not fit.</exception>
    public static object Create(HlObject target, Type type)
    {
        if (!type.IsInterface || type.ContainsGenericParameters)
            throw new HlConversionException($"{type} is no interface.", target);
        HlType own = target.Type;
        ProxyClass proxy = ProxyClass.Of(type);
        Delegate[] methods = own.Context.State<Tables>().ByTypes.GetOrAdd((own, type),
            static (key, state) => [.. state.proxy.Methods.Select(m => Bind(state.target, m, state.proxy.Interface))], (target, proxy));
        return proxy.Create(target, methods);
    }

    // The delegate that does what a method of the interface asks for; its first argument is the object.
    private static Delegate Bind(HlObject target, MethodInfo method, Type type)
    {
        if (method.IsGenericMethod)
            throw new HlConversionException($"{type}.{method.Name} is generic, which no Haxe method is.", target);
        Accessor kind = method is { IsSpecialName: true, Name: [.., _] } ? KindOf(method.Name) : Accessor.None;
        string name = kind == Accessor.None ? method.Name : method.Name[4..];
        string owner = HaxeNames.Of(target.Type);
        int values = method.GetParameters().Length - (kind == Accessor.Set ? 1 : 0);
        // C#'s indexer is Haxe's own indexing.
        IndexAccess? index = kind != Accessor.None && values > 0 ? new IndexAccess(kind == Accessor.Set) : null;
        HlMember member = (index is null ? Find(target, name) : index.Find(target, new Expression[values + (kind == Accessor.Set ? 1 : 0)])) ?? throw HlMissingMemberException.Member(owner, name, MemberFinder.NamesOf(target));
        Type delegateType = ProxyClass.DelegateType(method);
        return DelegateFactory.Lambda(delegateType, $"{owner}.{member.Name}", 1, (ParameterExpression[] parameters, CallArguments arguments, out HlType? result, out string? problem) =>
        {
            problem = null;
            result = null;
            if (index is not null)
                return index.Build(member, parameters[0], arguments.Values, out problem);
            return kind switch
            {
                Accessor.Get => member.BuildValue(parameters[0], out result),
                Accessor.Set => member.BuildSet(parameters[0], arguments.Values[0], out problem),
                _ => member.BuildCall(parameters[0], arguments, out result, out problem),
            };
        }).Compile();
    }

    private static HlMember? Find(HlObject target, string name) =>
        MemberFinder.Find(target, name) is { } exact && exact is not DynamicField ? exact
        : MemberFinder.Find(target, char.ToLowerInvariant(name[0]) + name[1..]);

    private static Accessor KindOf(string name) =>
        name.StartsWith("get_", StringComparison.Ordinal) ? Accessor.Get : name.StartsWith("set_", StringComparison.Ordinal) ? Accessor.Set : Accessor.None;

    private enum Accessor
    {
        None,
        Get,
        Set,
    }

    private sealed class Tables
    {
        public ConcurrentDictionary<(HlType, Type), Delegate[]> ByTypes { get; } = new();
    }
}
