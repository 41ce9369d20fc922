using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;

namespace HlDynamic;

// Delegates that are bound once and then cost what the typed thing costs.
public sealed partial class HlVm
{
    /// <summary>
    /// A static function as a delegate. It is the function that the class has now: what is assigned later to a
    /// <c>static dynamic function</c> does not change it.
    /// </summary>
    /// <typeparam name="T">The type of the delegate; its parameters and result are converted as in any call.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The function.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or function.</exception>
    /// <exception cref="HlConversionException">The delegate type does not fit.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public T BindStatic<T>(string className, string name) where T : Delegate
    {
        HlClass target = FindClass(className);
        HlMember member = target.RequireStatic(name);
        return Compile<T>($"{className}.{name}", 0, (ParameterExpression[] _, CallArguments arguments, out HlType? result, out string? problem) =>
            member.BuildBoundCall(target.Statics, arguments, out result, out problem));
    }

    /// <summary>A method as a delegate whose first parameter is the object.</summary>
    /// <typeparam name="T">The type of the delegate: <c>Func&lt;object, int, string&gt;</c>.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <param name="name">The method.</param>
    /// <exception cref="HlMissingMemberException">There is no such class or method.</exception>
    /// <exception cref="HlConversionException">The delegate type does not fit.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public T BindMethod<T>(string className, string name) where T : Delegate
    {
        HlType type = FindClass(className).Type;
        HlMember member = type.FindMember(name) ?? throw HlMissingMemberException.Member(className, name, MemberFinder.NamesOf(type));
        return Compile<T>($"{className}.{name}", 1, (ParameterExpression[] parameters, CallArguments arguments, out HlType? result, out string? problem) =>
        {
            result = null;
            if (parameters is [var self, ..] && (self.Type == typeof(object) || self.Type.IsAssignableFrom(type.ClrType)))
                return member.BuildCall(self, arguments, out result, out problem);
            problem = "its first parameter is to be the object";
            return null;
        });
    }

    /// <summary>The constructor of a class as a delegate.</summary>
    /// <typeparam name="T">The type of the delegate: <c>Func&lt;string, object&gt;</c>.</typeparam>
    /// <param name="className">The full name of the class.</param>
    /// <exception cref="HlMissingMemberException">There is no such class, or it has no constructor.</exception>
    /// <exception cref="HlConversionException">The delegate type does not fit.</exception>
    /// <exception cref="HlDisposedException">The VM has been disposed.</exception>
    public T BindNew<T>(string className) where T : Delegate
    {
        HlClass target = FindClass(className);
        return Compile<T>("new " + className, 0, (ParameterExpression[] _, CallArguments arguments, out HlType? result, out string? problem) =>
        {
            result = null;
            return target.Constructor.Build(arguments, out problem);
        });
    }

    private static T Compile<T>(string name, int skip, DelegateFactory.BuildCall build) where T : Delegate =>
        (T)DelegateFactory.Lambda(typeof(T), name, skip, build).Compile();
}
