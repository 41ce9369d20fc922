using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes Haxe functions callable as <c>dynamic</c>, and convertible to delegates.</summary>
internal sealed class FunctionMetaObject(Expression expression, HlFunction value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    private HlFunction Function => (HlFunction)Value!;

    private Expression Self => Expression.Convert(Expression, typeof(HlFunction));

    private Expression Inner => Expression.Property(Self, RuleMethods.InnerFunction);

    private BindingRestrictions IsFunction => BindingRestrictions.GetTypeRestriction(Expression, typeof(HlFunction));

    public override DynamicMetaObject BindInvoke(InvokeBinder binder, DynamicMetaObject[] args)
    {
        var arguments = new CallArguments([.. args.Select(a => a.Expression)], binder.CallInfo, false);
        Type type = Function.Function.GetType();
        if (arguments.Call.ArgumentNames.Count > 0)
            return Named(binder, args, arguments);
        // What a rule converts may depend on the VM, which rules must not hold if it is to be unloaded.
        if (Function.Function is HlVarArgs || Function.Context.Modules[0].Assembly.IsCollectible || BinderHistory.Of(binder).IsPolymorphic(type, BinderHistory.MaxFunctionTypes))
            return new DynamicMetaObject(Expression.Call(Self, RuleMethods.InvokeFunction, arguments.ToArray()), IsFunction);
        BindingRestrictions restrictions = IsFunction.Merge(BindingRestrictions.GetExpressionRestriction(Expression.AndAlso(
            Expression.TypeEqual(Inner, type),
            Expression.ReferenceEqual(Expression.Property(Self, RuleMethods.FunctionContext), Expression.Constant(Function.Context)))));
        CallSignature signature = FunctionCalls.SignatureOf(Function.Function, Function.Context, withNames: false);
        return signature.BuildCall(type.GetMethod("Invoke")!, Expression.Convert(Inner, type), arguments, out string? problem) is { } call
            ? new DynamicMetaObject(ValueExpressions.FromHaxe(call, signature.Result), restrictions)
            : binder.FallbackInvoke(this, args, new DynamicMetaObject(LanguageErrors.Throw(problem!), restrictions));
    }

    public override DynamicMetaObject BindConvert(ConvertBinder binder)
    {
        if (!typeof(Delegate).IsAssignableFrom(binder.Type) || binder.Type.IsAbstract)
            return binder.FallbackConvert(this);
        return new DynamicMetaObject(
            Expression.Convert(Expression.Call(RuleMethods.CreateDelegate, Self, Expression.Constant(binder.Type)), binder.Type), IsFunction);
    }

    // The names decide which argument is which, so the rule is for this function alone.
    private DynamicMetaObject Named(InvokeBinder binder, DynamicMetaObject[] args, CallArguments arguments)
    {
        CallSignature signature = Function.Signature;
        int[]? order = signature.Order(arguments, out string? problem);
        BindingRestrictions restrictions = IsFunction.Merge(BindingRestrictions.GetExpressionRestriction(Expression.Call(
            RuleMethods.HasParameters, Self, Expression.Constant(signature.ParameterNames))));
        if (order is null)
            return binder.FallbackInvoke(this, args, new DynamicMetaObject(LanguageErrors.Throw(problem!), restrictions));
        Expression[] values = [.. order.Select(i => i < 0 ? Expression.Constant(null) : (Expression)Expression.Convert(arguments.Values[i], typeof(object)))];
        return new DynamicMetaObject(Expression.Call(Self, RuleMethods.InvokeFunction, Expression.NewArrayInit(typeof(object), values)), restrictions);
    }

    /// <summary>For rules: whether a function has the parameters that a rule was made for.</summary>
    internal static bool HasParameters(HlFunction function, string names) => function.Signature.ParameterNames == names;
}
