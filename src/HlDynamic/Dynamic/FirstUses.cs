using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// The access of a site of many classes to the member of one of them, as long as it has been used a few times only: by value,
/// as by name. Compiling costs 600 µs a class, and brings a call from 600 ns to 8 ns. (perf/README.md)
/// </summary>
internal sealed class FirstUses
{
    private const int UsesBeforeCompiling = 16, MaxArguments = 2;

    private readonly GeneralSite site;
    private readonly MemberAccess access;
    private readonly HlMember member;
    private int uses;

    private FirstUses(GeneralSite site, MemberAccess access, HlMember member)
    {
        this.site = site;
        this.access = access;
        this.member = member;
    }

    /// <summary>The access as a delegate of the site's type; null if it has to be compiled at once.</summary>
    public static Delegate? Of(GeneralSite site, MemberAccess access, HlMember member, Type signature)
    {
        // Arguments by reference have a type of delegate of their own.
        if (!access.MayUse(member) || !signature.IsGenericType || signature.GenericTypeArguments[1..^1] is not { Length: <= MaxArguments } arguments)
            return null;
        MethodInfo method = Method(arguments.Length);
        return (arguments.Length == 0 ? method : method.MakeGenericMethod(arguments)).CreateDelegate(signature, new FirstUses(site, access, member));
    }

    /// <summary>The method that takes this many arguments.</summary>
    public static MethodInfo Method(int arguments) => typeof(FirstUses).GetMethod(nameof(Use) + arguments, BindingFlags.Instance | BindingFlags.NonPublic)!;

    private object? Use0(object target) => Use(target, []);

    private object? Use1<T>(object target, T argument) => Use(target, [argument]);

    private object? Use2<T1, T2>(object target, T1 first, T2 second) => Use(target, [first, second]);

    private object? Use(object target, object?[] arguments)
    {
        if (Interlocked.Increment(ref uses) == UsesBeforeCompiling)
            site.Compile(member);
        return access.Use(member, target, arguments);
    }
}
