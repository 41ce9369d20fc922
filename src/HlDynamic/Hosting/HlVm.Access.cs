using System.Runtime.CompilerServices;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;

namespace HlDynamic;

// Access by name: what the dynamic VM does, for programs that know names only when they run.
public sealed partial class HlVm
{
    /// <summary>A new object of a class.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="arguments">The arguments of its constructor.</param>
    /// <exception cref="HlMissingMemberException">There is no such class, or it has no constructor.</exception>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">The constructor threw an exception.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public object New(string className, params object?[]? arguments) => FindClass(className).New(arguments);

    /// <summary>A new object of a class.</summary>
    /// <typeparam name="T">The type of the object: <see cref="HlObject"/>, or a C# interface that the object has the members of.</typeparam>
    /// <inheritdoc cref="New(string, object?[])"/>
    public T New<T>(string className, params object?[]? arguments) where T : class => HlObject.As<T>(New(className, arguments));

    /// <summary>Calls a static function.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The result; null where there is none.</returns>
    /// <exception cref="HlMissingMemberException">There is no such class or function.</exception>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    /// <exception cref="HaxeException">The function threw an exception.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public object? CallStatic(string className, string name, params object?[]? arguments)
    {
        arguments ??= [null];
        return Access(className, name, arguments.Length).Call(null, arguments);
    }

    /// <summary>Calls a static function.</summary>
    /// <typeparam name="T">The type of the result; numbers are converted where that loses nothing.</typeparam>
    /// <inheritdoc cref="CallStatic(string, string, object?[])"/>
    public T CallStatic<T>(string className, string name, params object?[]? arguments)
    {
        object? value = CallStatic(className, name, arguments);
        return value is T fits ? fits : HlConvert.To<T>(value, $"{className}.{name}()");
    }

    /// <summary>Calls a static function with up to four numbers, texts or nulls, without allocating anything for the call.</summary>
    /// <typeparam name="T">The type of the result; numbers are converted where that loses nothing.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The function.</param>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second argument.</param>
    /// <param name="third">The third argument.</param>
    /// <param name="fourth">The fourth argument.</param>
    /// <inheritdoc cref="CallStatic(string, string, object?[])"/>
    [OverloadResolutionPriority(1)]
    public T CallStatic<T>(string className, string name, HlArgument first = default, HlArgument second = default, HlArgument third = default, HlArgument fourth = default) =>
        Access(className, name, HlArgument.Count(first, second, third, fourth)).Call<T>(null, first, second, third, fourth);

    /// <summary>Reads a static field or property.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public object? GetStatic(string className, string name) => Access(className, name, CachedAccess.Read).Get(null);

    /// <summary>Reads a static field or property.</summary>
    /// <typeparam name="T">The type wanted; numbers are converted where that loses nothing.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field.</exception>
    /// <exception cref="HlConversionException">The value is not a <typeparamref name="T"/>.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public T GetStatic<T>(string className, string name) => Access(className, name, CachedAccess.Read).Get<T>(null);

    /// <summary>Writes a static field or property.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field, or it cannot be written.</exception>
    /// <exception cref="HlConversionException">The field cannot hold the value.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public void SetStatic(string className, string name, object? value) => Access(className, name, CachedAccess.Write).Set(null, value);

    private CachedAccess Access(string className, string name, int arity)
    {
        ArgumentNullException.ThrowIfNull(className);
        ThrowIfDisposed();
        return MemberCache.Of(Context).Get(className, name, arity, (this, className), FindAccess);
    }

    private static readonly Func<(HlVm Vm, string ClassName), string, int, CachedAccess> FindAccess =
        (of, name, arity) => CachedAccess.OfClass(of.Vm.FindClass(of.ClassName), of.ClassName, name, arity);

    private HlClass FindClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ClassDirectory directory = Directory;
        return directory.Find(name) as HlClass ?? throw HlMissingMemberException.Type(name, directory.Names);
    }
}
