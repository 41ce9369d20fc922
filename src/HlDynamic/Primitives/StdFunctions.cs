using System.Globalization;
using System.Reflection;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Functions as values (HashLink std/fun.c).</summary>
internal static class StdFunctions
{
    [HlPrimitive("std", "no_closure")]
    public static object? NoClosure(object? function) => HlClosures.NoClosure(Expect(function));

    [HlPrimitive("std", "make_closure")]
    public static object? MakeClosure(object? function, object? value) => HlClosures.MakeClosure(Expect(function), value);

    [HlPrimitive("std", "get_closure_value")]
    public static object? GetClosureValue(object? function) => HlClosures.GetClosureValue(Expect(function));

    [HlPrimitive("std", "fun_compare")]
    public static bool FunCompare(object? a, object? b) => HlClosures.SameFunction(a, b);

    [HlPrimitive("std", "make_var_args")]
    public static object MakeVarArgs(HlContext context, Func<HlArray, object?> function) => HlClosures.MakeVarArgs(context, function);

    [HlPrimitive("std", "call_method")]
    public static object? CallMethod(HlContext context, object? function, HlArray arguments)
    {
        // Callers take closures apart first, and pass their value as an argument.
        if (HlClosures.GetClosureValue(Expect(function)) is not null)
            throw HaxeError.Text("Can't call closure with value");
        var values = new object?[arguments.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = arguments[i];
        return HlClosures.Call(context, Expect(function), values);
    }

    // The compiler gives a native that is used as a value a method of its own, named after the function's number.
    [HlPrimitive("std", "is_prim_loaded")]
    public static bool IsPrimLoaded(object? function)
    {
        const string Prefix = "closure$";
        if (function is not Delegate d)
            return false;
        MethodInfo method = HlClosures.Unwrap(d).Method;
        if (!method.Name.StartsWith(Prefix, StringComparison.Ordinal) || HlModuleInstance.Find(method.Module.Assembly) is not { } module)
            return true;
        int end = method.Name.IndexOf('$', Prefix.Length);
        int index = int.Parse(method.Name.AsSpan()[Prefix.Length..(end < 0 ? method.Name.Length : end)], CultureInfo.InvariantCulture);
        return module.Module.FindNative(index) is not { } native || PrimitiveTable.Find(native.Library, native.Name) is not null;
    }

    private static Delegate Expect(object? function) => HlClosures.Callable(function) ?? throw HaxeError.NullAccess();
}
