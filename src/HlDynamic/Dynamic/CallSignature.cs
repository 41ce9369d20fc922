using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>A parameter of a Haxe function, or a field that takes a value: where conversions and their errors are about.</summary>
/// <param name="Place">What takes the value: <c>Player.takeDamage expects (amount: Int)</c> or <c>Player.health expects Int</c>.</param>
/// <param name="Name">The parameter; null for a field.</param>
/// <param name="Type">The type.</param>
internal sealed record HlParameter(string Place, string? Name, HlType Type)
{
    /// <summary>The place a field is.</summary>
    public static HlParameter OfField(string fullName, HlType type) => new($"{fullName} expects {HaxeNames.Of(type)}", null, type);

    /// <summary>
    /// Whether the parameter takes all arguments that are left: the last one, if it is an array. Bytecode does not tell
    /// Haxe's rest arguments from arrays, so that every such function can be called both ways.
    /// </summary>
    public bool IsRest { get; init; }

    /// <summary>Whether the parameter can be left out, which passes null.</summary>
    public bool IsNullable => Type.IsPointer || Type.Kind == HlTypeKind.Void;

    /// <summary>The error that a value does not fit.</summary>
    public HlConversionException Refuse(object? value, Exception? inner = null) =>
        new($"{Place}, got {HaxeNames.Show(value)}{(Name is null ? "" : " for " + Name)}.{(inner is HlConversionException ? " " + inner.Message : "")}", value, inner);
}

/// <summary>What a call needs to know of a Haxe function: its name, its parameters with their names, its result.</summary>
internal sealed class CallSignature
{
    public CallSignature(string name, ReadOnlySpan<HlType> types, Func<int, string?> parameterName, HlType result)
    {
        Name = name;
        Result = result;
        var names = new string[types.Length];
        var described = new string[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            names[i] = parameterName(i) ?? "arg" + (i + 1);
            described[i] = Describe(names[i], types[i]);
        }
        Description = $"{name} expects ({string.Join(", ", described)})";
        Parameters = new HlParameter[types.Length];
        for (int i = 0; i < types.Length; i++)
            Parameters[i] = new HlParameter(Description, names[i], types[i]) { IsRest = i == types.Length - 1 && HlConvert.IsArray(types[i]) };
    }

    /// <summary>The function: <c>Player.takeDamage</c>.</summary>
    public string Name { get; }

    /// <summary>What it takes: <c>Player.takeDamage expects (amount: Int)</c>.</summary>
    public string Description { get; }

    public HlParameter[] Parameters { get; }

    /// <summary>The names of the parameters, one after the other.</summary>
    public string ParameterNames => string.Join(',', Parameters.Select(p => p.Name));

    public HlType Result { get; }

    /// <summary>The signature of a function of the module.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="type">Its type.</param>
    /// <param name="function">Where the names of the parameters come from; null if nowhere.</param>
    /// <param name="skip">How many of the first parameters the call itself passes.</param>
    public static CallSignature Of(string name, HlType type, HlFunctionDef? function, int skip)
    {
        // A function bound to a field may have one parameter more than the field's type: the object.
        int shift = function is null ? 0 : function.Type.Parameters.Length - type.Parameters.Length;
        return new CallSignature(name, type.Parameters[skip..], i => function?.GetParameterName(i + skip + shift), type.Return!);
    }

    /// <summary>The expression that calls a method with this signature; null and the reason if the arguments do not fit in number or name.</summary>
    /// <param name="method">The method: an instance method, or a static one that takes the object first.</param>
    /// <param name="target">The object.</param>
    /// <param name="arguments">The arguments of the call site.</param>
    /// <param name="problem">The reason.</param>
    public Expression? BuildCall(MethodInfo method, Expression target, CallArguments arguments, out string? problem) =>
        Build(method, target, arguments, out problem);

    /// <summary>The expression that calls a static method that takes no object.</summary>
    public Expression? BuildStaticCall(MethodInfo method, CallArguments arguments, out string? problem) => Build(method, null, arguments, out problem);

    private TryExpression? Build(MethodInfo method, Expression? target, CallArguments arguments, out string? problem)
    {
        int[]? map = Order(arguments, out problem);
        if (map is null)
            return null;
        arguments = Collect(arguments);
        bool takesReferences = false;
        var values = new Expression?[Parameters.Length];
        for (int i = 0; i < values.Length; i++)
        {
            HlParameter parameter = Parameters[i];
            bool isReference = parameter.Type.Kind == HlTypeKind.Ref;
            takesReferences |= isReference;
            if (map[i] >= 0)
                values[i] = ValueExpressions.ToHaxe(arguments.Values[map[i]], parameter);
            else if (!isReference)
                values[i] = Expression.Default(parameter.Type.ParameterClrType);
        }
        if (target is not null && (takesReferences || method.IsStatic))
            values = [target, .. values];
        return TranslateFaults(takesReferences ? ReferenceCall.Build(method, values)
            : method.IsStatic ? Expression.Call(method, values!)
            : Expression.Call(target, method, values!));
    }

    /// <summary>A call whose faults are Haxe's exceptions. That costs nothing that can be measured, where there is no fault.</summary>
    public static TryExpression TranslateFaults(Expression call)
    {
        ParameterExpression exception = Expression.Variable(typeof(Exception));
        Expression translated = Expression.Call(RuleMethods.TranslateFault, exception);
        return Expression.TryCatch(call, Expression.Catch(exception,
            Expression.Throw(translated, call.Type), Expression.ReferenceNotEqual(translated, Expression.Constant(null))));
    }

    /// <summary>The arguments converted to Haxe values, boxed.</summary>
    /// <exception cref="HlConversionException">They do not fit.</exception>
    public object?[] Convert(object?[] arguments)
    {
        int[] map = Map(arguments.Length, [], false, out string? problem) ?? throw new HlConversionException(problem + ".", null);
        if (HasRest && arguments.Length > Parameters.Length)
            arguments = [.. arguments[..(Parameters.Length - 1)], arguments[(Parameters.Length - 1)..]];
        var values = new object?[Parameters.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = map[i] < 0 ? null : HlConvert.ToHaxe(arguments[map[i]], Parameters[i]);
        return values;
    }

    /// <summary>For each parameter the number of its argument, or -1 for one that is left out; null and the reason if they do not fit.</summary>
    public int[]? Order(CallArguments arguments, out string? problem) =>
        Map(arguments.Values.Count, arguments.Call.ArgumentNames, arguments.IgnoreCase, out problem);

    /// <summary>Whether so many arguments fit, and none of them is passed by reference.</summary>
    public bool TakesValues(int count) => Map(count, [], false, out _) is not null && !Array.Exists(Parameters, static p => p.Type.Kind == HlTypeKind.Ref);

    private bool HasRest => Parameters.Length > 0 && Parameters[^1].IsRest;

    private CallArguments Collect(CallArguments arguments)
    {
        int rest = Parameters.Length - 1;
        return !HasRest || arguments.Values.Count <= Parameters.Length ? arguments : arguments with
        {
            Values = [.. arguments.Values.Take(rest), (arguments with { Values = [.. arguments.Values.Skip(rest)] }).ToArray()],
        };
    }

    // For each parameter the number of its argument, or -1 for one that is left out.
    private int[]? Map(int count, IReadOnlyList<string> names, bool ignoreCase, out string? problem)
    {
        problem = null;
        var map = new int[Parameters.Length];
        // Array.Fill would be compiled for the first array that is filled.
        for (int i = 0; i < map.Length; i++)
            map[i] = -1;
        int positional = count - names.Count;
        if (HasRest && names.Count == 0)
            count = positional = Math.Min(count, Parameters.Length);
        if (count > Parameters.Length)
        {
            problem = $"{Description}, got {Count(count)}";
            return null;
        }
        for (int i = 0; i < positional; i++)
            map[i] = i;
        for (int i = 0; i < names.Count; i++)
        {
            int parameter = Array.FindIndex(Parameters, p => string.Equals(p.Name, names[i], ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
            if (parameter < 0 || map[parameter] >= 0)
            {
                problem = parameter < 0 ? $"{Description}, which has no {names[i]}" : $"{Description}, got {names[i]} twice";
                return null;
            }
            map[parameter] = positional + i;
        }
        for (int i = 0; i < map.Length; i++)
        {
            if (map[i] >= 0 || Parameters[i].IsNullable)
                continue;
            problem = $"{Description}, got {Count(count)}{(names.Count > 0 ? " without " + Parameters[i].Name : "")}";
            return null;
        }
        return map;
    }

    // A reference is how an argument with a default value is passed.
    private static string Describe(string name, HlType type) =>
        type.Kind == HlTypeKind.Ref ? $"?{name}: {HaxeNames.Of(type.Inner!)}" : $"{name}: {HaxeNames.Of(type)}";

    private static string Count(int count) => count == 1 ? "1 argument" : $"{count} arguments";
}
