using System.Linq.Expressions;
using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Dynamic;

namespace HlDynamic.Runtime;

// How a member is reached from .NET: as an expression for the rule of a call site, and by value for access by name.
// The binder never asks what kind of member it has.
internal abstract partial class HlMember
{
    private int calls;

    /// <summary>The member as messages name it: <c>Player.health</c>.</summary>
    public string FullName => $"{HaxeNames.Of(Owner)}.{Name}";

    /// <summary>The expression that reads the member, as an object that .NET programs see.</summary>
    public abstract Expression BuildGet(Expression target);

    /// <summary>The expression that writes the member and has the value that was written; null and the reason if it cannot be written.</summary>
    public abstract Expression? BuildSet(Expression target, Expression value, out string? problem);

    /// <summary>The expression that calls the member; null and the reason if that is not possible with these arguments.</summary>
    public abstract Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem);

    /// <summary>
    /// As <see cref="BuildInvoke"/>, for a rule that an object asked for. It may presume what holds for that
    /// object and hardly ever changes; <paramref name="premise"/> tests that, null if there is nothing to test.
    /// </summary>
    public virtual Expression? BuildInvokeFor(HlObject value, Expression target, CallArguments arguments, out Expression? premise, out string? problem)
    {
        premise = null;
        return BuildInvoke(target, arguments, out problem);
    }

    /// <summary>As <see cref="BuildGet"/>, but with the value that Haxe has, of the type <paramref name="type"/>, where that is known; else null.</summary>
    public virtual Expression BuildValue(Expression target, out HlType? type)
    {
        type = null;
        return BuildGet(target);
    }

    /// <summary>As <see cref="BuildInvoke"/>, but with the result that Haxe has, of the type <paramref name="result"/>, where that is known; else null.</summary>
    public virtual Expression? BuildCall(Expression target, CallArguments arguments, out HlType? result, out string? problem)
    {
        result = null;
        return BuildInvoke(target, arguments, out problem);
    }

    /// <summary>As <see cref="BuildCall"/>, for one object: of what does not change, nothing is asked at each call.</summary>
    public virtual Expression? BuildBoundCall(object target, CallArguments arguments, out HlType? result, out string? problem) =>
        BuildCall(Expression.Constant(target), arguments, out result, out problem);

    /// <summary>Reads the member, as .NET programs see it.</summary>
    public virtual object? GetValue(object target) => HlConvert.FromHaxe(Get(target));

    /// <summary>Writes the member.</summary>
    /// <exception cref="HlConversionException">It cannot hold the value.</exception>
    public abstract void SetValue(object target, object? value);

    /// <summary>Calls the member.</summary>
    /// <exception cref="HlConversionException">The arguments do not fit.</exception>
    public abstract object? InvokeValue(object target, object?[] arguments);

    /// <summary>For <see cref="FirstRule"/>: whether the member has been called a few times only, and by value is as good.</summary>
    public bool MayCall(HlObject target, int arguments) => calls < FirstRule.Uses && MayCallByValue(target, arguments);

    /// <summary>For <see cref="FirstRule"/>: calls the member.</summary>
    public object? Call(HlObject target, object?[] arguments)
    {
        calls++;
        return CallByValue(target, arguments);
    }

    private protected virtual bool MayCallByValue(HlObject target, int arguments) => false;

    private protected virtual object? CallByValue(HlObject target, object?[] arguments) => InvokeValue(target, arguments);

    private protected Expression As(Expression target) =>
        Owner.ClrType.IsAssignableFrom(target.Type) ? target : Expression.Convert(target, Owner.ClrType);

    /// <summary>The exception that the member cannot be used so.</summary>
    private protected HlMissingMemberException Misused(string problem) => new(HaxeNames.Of(Owner), Name, problem + ".", []);
}

internal sealed partial class HlField
{
    private CallSignature? call;
    private HlParameter? assignment;

    // The function in the field, where its type says what it takes.
    private CallSignature? CallSignature => FieldType.Kind != HlTypeKind.Fun ? null : call ??= CallSignature.Of(FullName, FieldType, BoundFunction, 0);

    private HlParameter Assignment => assignment ??= HlParameter.OfField(FullName, FieldType);

    private bool IsOfStructure => Owner.Kind == HlTypeKind.Virtual;

    /// <summary>The function that the field of a class holds from the start; null if none.</summary>
    private HlFunctionDef? BoundFunction
    {
        get
        {
            if (Owner.Definition is HlObjectTypeDef obj)
                foreach (HlBindingDef binding in obj.Bindings)
                    if (binding.FieldIndex == Index)
                        return Owner.Module.Module.FindFunction(binding.FunctionIndex);
            return null;
        }
    }

    public override Expression BuildGet(Expression target)
    {
        Expression own = ValueExpressions.FromHaxe(At(target), FieldType);
        return IsOfStructure
            ? Expression.Condition(IsView(target), Expression.Call(RuleMethods.GetThroughView, target, Expression.Constant(this)), Box(own))
            : own;
    }

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        problem = null;
        ParameterExpression converted = Expression.Variable(ValueType);
        // A text need not come back to be what it is.
        Expression boxed = value.Type == typeof(string) ? value : ValueExpressions.FromHaxe(converted, FieldType);
        Expression own = Expression.Assign(At(target), converted);
        if (IsOfStructure)
            own = Expression.IfThenElse(IsView(target), Expression.Call(RuleMethods.SetThroughView, target, Expression.Constant(this), Box(converted)), own);
        return Expression.Block(typeof(object), [converted],
            Expression.Assign(converted, ValueExpressions.ToHaxe(value, Assignment)), own, boxed);
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        if (CallSignature is { } signature && !IsOfStructure)
            return BuildFunctionCall(signature, target, arguments, out problem) is { } result ? ValueExpressions.FromHaxe(result, signature.Result) : null;
        problem = null;
        if (FieldType.Kind is HlTypeKind.Fun or HlTypeKind.Dyn or HlTypeKind.Null)
            return FunctionCalls.Build(BuildGet(target), FullName, Owner.Context, arguments, out problem);
        problem = $"{FullName} is {HaxeNames.Of(FieldType)}, which cannot be called";
        return null;
    }

    // The static function that the field began with, as long as it holds it.
    public override Expression? BuildInvokeFor(HlObject value, Expression target, CallArguments arguments, out Expression? premise, out string? problem)
    {
        premise = null;
        if (CallSignature is not { } signature || IsOfStructure)
            return BuildInvoke(target, arguments, out problem);
        Delegate? original = null;
        MethodInfo? method = FindLateMethod(value, out FieldInfo? isBound);
        if (method is not null)
        {
            premise = Expression.Not(Expression.Field(As(target), isBound!));
        }
        else
        {
            method = HlClass.OfStatics(Owner) is null ? null : FindStaticMethod(value, out original);
            if (method is null)
                return BuildInvoke(target, arguments, out problem);
            premise = Expression.ReferenceEqual(Expression.Field(As(target), Info), Expression.Constant(original));
        }
        return signature.BuildStaticCall(method, arguments, out problem) is { } call ? ValueExpressions.FromHaxe(call, signature.Result) : null;
    }

    private protected override bool MayCallByValue(HlObject target, int arguments) =>
        CallSignature is { } signature && signature.TakesValues(arguments)
        && FindLateMethod(target, out _) is not null && HlProperty.Find(Owner, Name) is null;

    private protected override object? CallByValue(HlObject target, object?[] arguments)
    {
        // As long as nobody has asked for the closure, none is made.
        if (FindLateMethod(target, out _) is not { } method)
            return InvokeValue(target, arguments);
        object?[] converted = CallSignature!.Convert(arguments);
        return HlFaults.Run(() => HlConvert.FromHaxe(HlInvoker.InvokeStatic(method, converted), CallSignature.Result));
    }

    // The function that the field will hold, as long as nobody has asked for it.
    private MethodInfo? FindLateMethod(object statics, out FieldInfo? isBound)
    {
        isBound = null;
        if (!IsLate || BoundFunction is not { } bound || bound.Type != FieldType.Definition)
            return null;
        isBound = Owner.ClrType.GetField(LateBindings.Flag, Declared)!;
        return isBound.GetValue(statics) is false && Owner.Module.GetMethod(bound) is { IsStatic: true } method ? method : null;
    }

    public override Expression BuildValue(Expression target, out HlType? type)
    {
        if (IsOfStructure)
            return base.BuildValue(target, out type);
        type = FieldType;
        return At(target);
    }

    public override Expression? BuildCall(Expression target, CallArguments arguments, out HlType? result, out string? problem)
    {
        if (CallSignature is not { } signature || IsOfStructure)
            return base.BuildCall(target, arguments, out result, out problem);
        result = signature.Result;
        return BuildFunctionCall(signature, target, arguments, out problem);
    }

    private Expression? BuildFunctionCall(CallSignature signature, Expression target, CallArguments arguments, out string? problem)
    {
        Expression function = At(target);
        Expression? call = signature.BuildCall(function.Type.GetMethod("Invoke")!, function, arguments, out problem);
        // A static field holds the function that it began with, unless it has been assigned: that one needs no delegate.
        if (call is null || HlClass.OfStatics(Owner)?.Statics is not { } statics || FindStaticMethod(statics, out Delegate? original) is not { } method)
            return call;
        return Expression.Condition(
            Expression.ReferenceEqual(Expression.Field(As(target), Info), Expression.Constant(original)),
            signature.BuildStaticCall(method, arguments, out problem)!, call);
    }

    // A static function is a method that takes no object, and the field holds a delegate of it.
    private MethodInfo? FindStaticMethod(object statics, out Delegate? function)
    {
        function = Get(statics) as Delegate;
        return function is { Target: null } && BoundFunction is { } bound && Owner.Module.GetMethod(bound) is { IsStatic: true } method && function.Method == method ? method : null;
    }

    public override Expression? BuildBoundCall(object target, CallArguments arguments, out HlType? result, out string? problem)
    {
        if (CallSignature is { } signature && FindStaticMethod(target, out _) is { } method)
        {
            result = signature.Result;
            return signature.BuildStaticCall(method, arguments, out problem);
        }
        return base.BuildBoundCall(target, arguments, out result, out problem);
    }

    public override object? GetValue(object target) => IsOfStructure ? ReadView(target, this)
        : HlConvert.FromHaxe(Get(target), FieldType);

    public override void SetValue(object target, object? value)
    {
        value = HlConvert.ToHaxe(value, Assignment);
        if (IsOfStructure)
            WriteView(target, this, value);
        else
            Set(target, value);
    }

    public override object? InvokeValue(object target, object?[] arguments)
    {
        if (CallSignature is { } signature && !IsOfStructure)
        {
            object?[] converted = signature.Convert(arguments);
            return HlFaults.Run(() => HlConvert.FromHaxe(HlClosures.Call((Delegate?)Get(target) ?? throw HaxeError.NullAccess(Name), converted), FieldType.Return!));
        }
        if (FieldType.Kind is HlTypeKind.Fun or HlTypeKind.Dyn or HlTypeKind.Null)
            return FunctionCalls.Call(GetValue(target), arguments, FullName, Owner.Context);
        throw Misused($"{FullName} is {HaxeNames.Of(FieldType)}, which cannot be called");
    }

    /// <summary>Reads the field of a structure that may be a view of another object.</summary>
    internal static object? ReadView(object target, HlField field) => HlConvert.FromHaxe(HlFields.Get(field.Owner.Context, target, field.Hash), field.FieldType);

    /// <summary>Writes the field of a structure that may be a view of another object; the value is a Haxe value.</summary>
    internal static void WriteView(object target, HlField field, object? value) => HlFields.Set(field.Owner.Context, target, field.Hash, value);

    private MemberExpression At(Expression target) => Expression.MakeMemberAccess(
        As(IsLate ? Expression.Call(RuleMethods.Bound, Expression.Convert(target, typeof(HlObject))) : target), Place);

    /// <summary>The object, with its bound fields made.</summary>
    internal static HlObject Bound(HlObject target)
    {
        target.Bind();
        return target;
    }

    private static BinaryExpression IsView(Expression target) => Expression.ReferenceNotEqual(
        Expression.Field(Expression.Convert(target, typeof(HlVirtual)), RuleMethods.ViewTarget), Expression.Constant(null));

    private static UnaryExpression Box(Expression value) => Expression.Convert(value, typeof(object));
}

internal sealed partial class HlMethod
{
    private CallSignature? call;

    /// <summary>What a call takes, the object itself left out.</summary>
    public CallSignature CallSignature => call ??= CallSignature.Of(FullName, Signature, Function, 1);

    public override Expression BuildGet(Expression target) =>
        Expression.Call(RuleMethods.FromHaxe, Expression.Call(Expression.Constant(this), RuleMethods.Bind, Expression.Convert(target, typeof(object))));

    public override Expression? BuildSet(Expression target, Expression value, out string? problem)
    {
        problem = $"{FullName} is a method and cannot be assigned";
        return null;
    }

    public override Expression? BuildInvoke(Expression target, CallArguments arguments, out string? problem)
    {
        return CallSignature.BuildCall(Info, As(target), arguments, out problem) is { } result ? ValueExpressions.FromHaxe(result, Signature.Return!) : null;
    }

    public override Expression? BuildCall(Expression target, CallArguments arguments, out HlType? result, out string? problem)
    {
        result = Signature.Return;
        return CallSignature.BuildCall(Info, As(target), arguments, out problem);
    }

    private protected override bool MayCallByValue(HlObject target, int arguments) => CallSignature.TakesValues(arguments);

    public override void SetValue(object target, object? value) => throw Misused($"{FullName} is a method and cannot be assigned");

    public override object? InvokeValue(object target, object?[] arguments)
    {
        object?[] converted = CallSignature.Convert(arguments);
        return HlFaults.Run(() => HlConvert.FromHaxe(Invoke(target, converted), Signature.Return!));
    }
}
