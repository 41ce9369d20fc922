using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The constructor of a class: a function that takes the new object first.</summary>
internal sealed class ClassConstructor
{
    private const string FieldName = "__constructor__";
    private readonly HlType type;
    private readonly MethodInfo method;
    private readonly CallSignature signature;
    private readonly HlInvoker invoker;

    private ClassConstructor(HlType type, HlFunctionDef function)
    {
        this.type = type;
        method = type.Module.GetMethod(function);
        signature = CallSignature.Of("new " + type.Name, type.Module.Types[function.Type.Index], function, 1);
        invoker = HlInvoker.OfMethod(method);
    }

    /// <summary>The constructor of a class.</summary>
    /// <exception cref="HlMissingMemberException">It has none.</exception>
    public static ClassConstructor Find(HlClass target)
    {
        for (HlType? type = target.Type; type is not null; type = type.Super)
        {
            if (HlClass.StaticsType(type)?.Definition is not HlObjectTypeDef statics)
                continue;
            foreach (HlBindingDef binding in statics.Bindings)
                if (statics.GetField(binding.FieldIndex).Name == FieldName && type.Module.Module.FindFunction(binding.FunctionIndex) is { } function)
                    return new ClassConstructor(target.Type, function);
        }
        throw new HlMissingMemberException(target.Name, "new", $"{target.Name} has no constructor.", []);
    }

    /// <summary>Makes an object.</summary>
    public object Create(object?[] arguments)
    {
        object?[] converted = signature.Convert(arguments);
        object created = type.Allocate();
        HlFaults.Run(() => invoker.Invoke(created, converted));
        return created;
    }

    /// <summary>The expression that makes an object; null and the reason if the arguments do not fit.</summary>
    public Expression? Build(CallArguments arguments, out string? problem)
    {
        ParameterExpression created = Expression.Variable(type.ClrType);
        Expression? call = signature.BuildCall(method, created, arguments, out problem);
        return call is null ? null : Expression.Block(typeof(object), [created],
            Expression.Assign(created, Expression.New(type.ClrType)),
            call,
            created);
    }
}
