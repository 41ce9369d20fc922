using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Dynamic;

namespace HlDynamic.Runtime;

// What makes a Haxe object a C# dynamic one. Nothing of the object goes through DynamicObject, whose calls box
// everything: a rule accesses fields and methods of the class as C# would.
public abstract partial class HlObject : IDynamicMetaObjectProvider
{
    DynamicMetaObject IDynamicMetaObjectProvider.GetMetaObject(Expression parameter) => new HlMetaObject(parameter, this);

    /// <summary>Reads a field or property of a Haxe object.</summary>
    /// <typeparam name="T">The type wanted; numbers are converted where that loses nothing.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="name">The field.</param>
    /// <exception cref="HlMissingMemberException">There is no such field.</exception>
    /// <exception cref="HlConversionException">The value is not a <typeparamref name="T"/>, or the object is no Haxe object.</exception>
    public static T Get<T>(object? target, string name)
    {
        HlObject obj = Of(target);
        return HlConvert.To<T>(MemberFinder.Require(obj, name).GetValue(obj), $"{obj.Type.Name}.{name}");
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
        MemberFinder.Require(obj, name).SetValue(obj, value);
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
        HlObject obj = Of(target);
        return HlConvert.To<T>(MemberFinder.Require(obj, name).InvokeValue(obj, arguments ?? [null]), $"{obj.Type.Name}.{name}()");
    }

    /// <summary>Calls a method of a Haxe object.</summary>
    /// <inheritdoc cref="Call{T}"/>
    /// <returns>The result; null where there is none.</returns>
    public static object? Call(object? target, string name, params object?[]? arguments)
    {
        HlObject obj = Of(target);
        return MemberFinder.Require(obj, name).InvokeValue(obj, arguments ?? [null]);
    }

    private static HlObject Of(object? target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target as HlObject ?? throw new HlConversionException($"{target.GetType()} is not a Haxe object.", target);
    }
}
