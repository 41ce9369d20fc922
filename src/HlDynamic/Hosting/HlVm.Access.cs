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
        HlClass target = FindClass(className);
        return target.RequireStatic(name).InvokeValue(target.Statics, arguments ?? [null]);
    }

    /// <summary>Calls a static function.</summary>
    /// <typeparam name="T">The type of the result; numbers are converted where that loses nothing.</typeparam>
    /// <inheritdoc cref="CallStatic(string, string, object?[])"/>
    public T CallStatic<T>(string className, string name, params object?[]? arguments) =>
        HlConvert.To<T>(CallStatic(className, name, arguments), $"{className}.{name}()");

    /// <summary>Reads a static field or property.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public object? GetStatic(string className, string name)
    {
        HlClass target = FindClass(className);
        return target.RequireStatic(name).GetValue(target.Statics);
    }

    /// <summary>Reads a static field or property.</summary>
    /// <typeparam name="T">The type wanted; numbers are converted where that loses nothing.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field.</exception>
    /// <exception cref="HlConversionException">The value is not a <typeparamref name="T"/>.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public T GetStatic<T>(string className, string name) => HlConvert.To<T>(GetStatic(className, name), $"{className}.{name}");

    /// <summary>Writes a static field or property.</summary>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The field.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or field, or it cannot be written.</exception>
    /// <exception cref="HlConversionException">The field cannot hold the value.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public void SetStatic(string className, string name, object? value)
    {
        HlClass target = FindClass(className);
        target.RequireStatic(name).SetValue(target.Statics, value);
    }

    private HlClass FindClass(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ClassDirectory directory = Directory;
        return directory.Find(name) as HlClass ?? throw HlMissingMemberException.Type(name, directory.Names);
    }
}
