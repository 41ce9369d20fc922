using System.Reflection;

namespace HlDynamic.Runtime;

/// <summary>
/// The CLR delegate types that represent function types: <see cref="Func{TResult}"/> and <see cref="Action"/> where
/// they fit, and otherwise (more than 16 parameters, or a reference among them) a delegate of the module's own,
/// whose name follows from its signature.
/// </summary>
internal static class HlDelegates
{
    /// <summary>How many parameters the standard delegate types have at most.</summary>
    public const int MaxParameters = 16;

    private static readonly Type[] Actions =
    [
        typeof(Action), typeof(Action<>), typeof(Action<,>), typeof(Action<,,>), typeof(Action<,,,>), typeof(Action<,,,,>),
        typeof(Action<,,,,,>), typeof(Action<,,,,,,>), typeof(Action<,,,,,,,>), typeof(Action<,,,,,,,,>),
        typeof(Action<,,,,,,,,,>), typeof(Action<,,,,,,,,,,>), typeof(Action<,,,,,,,,,,,>), typeof(Action<,,,,,,,,,,,,>),
        typeof(Action<,,,,,,,,,,,,,>), typeof(Action<,,,,,,,,,,,,,,>), typeof(Action<,,,,,,,,,,,,,,,>),
    ];

    private static readonly Type[] Funcs =
    [
        typeof(Func<>), typeof(Func<,>), typeof(Func<,,>), typeof(Func<,,,>), typeof(Func<,,,,>), typeof(Func<,,,,,>),
        typeof(Func<,,,,,,>), typeof(Func<,,,,,,,>), typeof(Func<,,,,,,,,>), typeof(Func<,,,,,,,,,>),
        typeof(Func<,,,,,,,,,,>), typeof(Func<,,,,,,,,,,,>), typeof(Func<,,,,,,,,,,,,>), typeof(Func<,,,,,,,,,,,,,>),
        typeof(Func<,,,,,,,,,,,,,,>), typeof(Func<,,,,,,,,,,,,,,,>), typeof(Func<,,,,,,,,,,,,,,,,>),
    ];

    /// <summary>Whether a standard delegate type fits.</summary>
    public static bool IsStandard(ReadOnlySpan<Type> parameters)
    {
        foreach (Type parameter in parameters)
            if (parameter.IsByRef)
                return false;
        return parameters.Length <= MaxParameters;
    }

    /// <summary>The open standard delegate type; not generic for <see cref="Action"/> alone.</summary>
    public static Type GetStandard(int parameters, bool hasResult) => (hasResult ? Funcs : Actions)[parameters];

    /// <summary>The delegate type of a signature.</summary>
    /// <param name="parameters">The parameter types; void is held as null.</param>
    /// <param name="result">The result type.</param>
    /// <param name="assembly">The module's assembly, for delegates of its own.</param>
    public static Type GetType(Type[] parameters, Type result, Assembly? assembly)
    {
        if (!IsStandard(parameters))
        {
            if (assembly is null)
                return System.Linq.Expressions.Expression.GetDelegateType([.. parameters, result]);
            string name = CustomName([.. parameters.Select(Describe)], Describe(result));
            return assembly.GetType(name) ?? HlDelegateTypes.Get(assembly, name, parameters, result);
        }
        if (result != typeof(void))
            return GetStandard(parameters.Length, true).MakeGenericType([.. parameters, result]);
        Type open = GetStandard(parameters.Length, false);
        return parameters.Length == 0 ? open : open.MakeGenericType(parameters);
    }

    /// <summary>The name of a module's own delegate type.</summary>
    /// <param name="parameters">The parameters' full names.</param>
    /// <param name="result">The result's full name.</param>
    public static string CustomName(IReadOnlyList<string> parameters, string result)
    {
        ulong hash = 14695981039346656037;
        foreach (string name in parameters.Append(result))
            foreach (char c in name + ";")
                hash = unchecked((hash ^ c) * 1099511628211);
        return $"hl.Function{parameters.Count}_{hash:x16}";
    }

    /// <summary>The full name of a type, without the assemblies that full names of constructed types give.</summary>
    public static string Describe(Type type) =>
        type.IsByRef ? Describe(type.GetElementType()!) + "&"
        : type.IsGenericType ? $"{type.Namespace}.{type.Name}<{string.Join(",", type.GetGenericArguments().Select(Describe))}>"
        : type.FullName!;
}
