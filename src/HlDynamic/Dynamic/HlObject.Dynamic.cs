using System.Diagnostics;
using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Dynamic;

namespace HlDynamic.Runtime;

// What makes a Haxe object a C# dynamic one. Nothing of the object goes through DynamicObject, whose calls box
// everything: a rule accesses fields and methods of the class as C# would.
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerTypeProxy(typeof(HlObjectDebugView))]
public abstract partial class HlObject : IDynamicMetaObjectProvider
{
    private static readonly Func<HlObject, string, int, CachedAccess> FindAccess = CachedAccess.OfObject;

    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new HlMetaObject(parameter, this);

    /// <summary>Reads a field or property of a Haxe object.</summary>
    /// <param name="target">The object.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    /// <exception cref="HlConversionException">The object is no Haxe object.</exception>
    public static object? Get(object? target, string name)
    {
        HlObject obj = Of(target);
        return Access(obj, name, CachedAccess.Read).Get(obj);
    }

    /// <summary>Reads a field or property of a Haxe object.</summary>
    /// <typeparam name="T">The type wanted; numbers are converted where that loses nothing.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    /// <exception cref="HlConversionException">The value is not a <typeparamref name="T"/>, or the object is no Haxe object.</exception>
    public static T Get<T>(object? target, string name)
    {
        HlObject obj = Of(target);
        return Access(obj, name, CachedAccess.Read).Get<T>(obj);
    }

    /// <summary>Reads a field or property of a Haxe object, if there is one and it has a value of the type.</summary>
    /// <typeparam name="T">The type wanted; numbers are converted where that loses nothing.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there is.</returns>
    public static bool TryGet<T>(object? target, string name, out T? value)
    {
        value = default;
        if (target is not HlObject obj || MemberFinder.Find(Behind(obj), name) is not { } member)
            return false;
        object? found = member.GetValue(Behind(obj));
        return found is not null && HlConvert.TryTo(found, out value);
    }

    /// <summary>Writes a field or property of a Haxe object.</summary>
    /// <param name="target">The object.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    /// <exception cref="HlConversionException">The field cannot hold the value, or the object is no Haxe object.</exception>
    public static void Set(object? target, string name, object? value)
    {
        HlObject obj = Of(target);
        Access(obj, name, CachedAccess.Write).Set(obj, value);
    }

    /// <summary>Calls a method of a Haxe object.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The method.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="HlMissingMemberException">There is no such method.</exception>
    /// <exception cref="HlConversionException">An argument or the result cannot be converted.</exception>
    /// <exception cref="HaxeException">The method threw an exception.</exception>
    public static T Call<T>(object? target, string name, params object?[]? arguments)
    {
        object? value = Call(target, name, arguments);
        return value is T fits ? fits : HlConvert.To<T>(value, $"{Of(target).Type.Name}.{name}()");
    }

    /// <summary>Calls a method of a Haxe object with up to four numbers, texts or nulls, without allocating anything for the call.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The method.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <inheritdoc cref="Call{T}(object?, string, object?[])"/>
    [OverloadResolutionPriority(1)]
    public static T Call<T>(object? target, string name, HlArgument first = default, HlArgument second = default, HlArgument third = default, HlArgument fourth = default)
    {
        HlObject obj = Of(target);
        return Access(obj, name, HlArgument.Count(first, second, third, fourth)).Call<T>(obj, first, second, third, fourth);
    }

    /// <summary>Calls a method of a Haxe object.</summary>
    /// <inheritdoc cref="Call{T}(object?, string, object?[])"/>
    /// <returns>The result; null where there is none.</returns>
    public static object? Call(object? target, string name, params object?[]? arguments)
    {
        HlObject obj = Of(target);
        arguments ??= [null];
        return Access(obj, name, arguments.Length).Call(obj, arguments);
    }

    /// <summary>A method of a Haxe object as a delegate, which is bound once and then costs little more than any delegate.</summary>
    /// <typeparam name="T">The type of the delegate; its parameters and result are converted as in any call.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The method, or a field that holds a function.</param>
    /// <exception cref="HlMissingMemberException">There is no such method.</exception>
    /// <exception cref="HlConversionException">The delegate type does not fit.</exception>
    public static T BindMethod<T>(object? target, string name) where T : Delegate => Get(target, name) switch
    {
        HlFunction function => function.ToDelegate<T>(),
        T fits => fits,
        var other => HlConvert.To<T>(other, $"{Of(target).Type.Name}.{name}"),
    };

    /// <summary>
    /// A Haxe object as a C# interface: each member of the interface is the object's member of the same name, or of the
    /// name that begins with a small letter (<c>TakeDamage</c> is <c>takeDamage</c>).
    /// </summary>
    /// <typeparam name="T">The interface.</typeparam>
    /// <param name="target">The object.</param>
    /// <exception cref="HlMissingMemberException">The object has no member that the interface needs.</exception>
    /// <exception cref="HlConversionException">A member does not fit, or the object is no Haxe object.</exception>
    public static T As<T>(object? target) where T : class => target as T ?? (T)InterfaceProxy.Create(Of(target), typeof(T));

    private static CachedAccess Access(HlObject target, string name, int arity)
    {
        HlType type = target.Type;
        return MemberCache.Of(type.Context).Get(type, name, arity, target, FindAccess);
    }

    // The members of a view are those of what stands behind it, unless that is an object of .NET.
    private static HlObject Behind(HlObject obj) => obj is HlVirtual ? HlVirtual.Unwrap(obj) as HlObject ?? obj : obj;

    private static HlObject Of(object? target)
    {
        ArgumentNullException.ThrowIfNull(target);
        if (target is HlProxy proxy)
            target = proxy.Target;
        return target is HlObject obj ? Behind(obj) : throw new HlConversionException($"{target.GetType()} is not a Haxe object.", target);
    }
}
