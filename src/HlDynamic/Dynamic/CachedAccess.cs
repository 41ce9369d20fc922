using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// A member that is used by its name. It is reached as a value at first, and compiled once it has been used some times:
/// compiling costs 300 µs, and brings a call from 600 ns to 20 ns.
/// </summary>
internal sealed class CachedAccess
{
    /// <summary>In place of a number of arguments: the member is read, or written.</summary>
    public const int Read = -1, Write = -2;

    /// <summary>How many arguments a typed call has at most.</summary>
    public const int MaxTyped = 4;

    private const int UsesBeforeCompiling = 16;
    private readonly HlMember member;
    private readonly object? statics;
    private Func<object, object?[], object?>? compiled;
    private Delegate? typed;
    private int uses, typedUses;

    private CachedAccess(object owner, string name, int arity, HlMember member, object? statics)
    {
        Owner = owner;
        Name = name;
        Arity = arity;
        this.member = member;
        this.statics = statics;
    }

    public object Owner { get; }

    public string Name { get; }

    public int Arity { get; }

    /// <summary>The member of an object, which is no view of another one.</summary>
    /// <exception cref="HlMissingMemberException">There is none.</exception>
    public static CachedAccess OfObject(HlObject target, string name, int arity) => new(target.Type, name, arity, MemberFinder.Require(target, name), null);

    /// <summary>The static of a class.</summary>
    /// <exception cref="HlMissingMemberException">There is none.</exception>
    public static CachedAccess OfClass(HlClass target, string className, string name, int arity) => new(className, name, arity, target.RequireStatic(name), target.Statics);

    /// <summary>Reads the member.</summary>
    public object? Get(object? target)
    {
        target ??= statics!;
        return compiled is { } fast ? fast(target, []) : IsHot() ? compiled!(target, []) : member.GetValue(target);
    }

    /// <summary>Writes the member.</summary>
    public void Set(object? target, object? value)
    {
        target ??= statics!;
        if (compiled is not null || IsHot())
            compiled!(target, [value]);
        else
            member.SetValue(target, value);
    }

    /// <summary>Calls the member.</summary>
    public object? Call(object? target, object?[] arguments)
    {
        target ??= statics!;
        return compiled is { } fast ? fast(target, arguments) : IsHot() ? compiled!(target, arguments) : member.InvokeValue(target, arguments);
    }

    /// <summary>Reads the member as a type.</summary>
    public T Get<T>(object? target)
    {
        target ??= statics!;
        return (typed as TypedRead<T> ?? FindTyped<T, TypedRead<T>>()) is { } fast ? fast(target) : HlConvert.To<T>(Get(target), Description);
    }

    /// <summary>Calls the member with up to four arguments, for a result of a type.</summary>
    public T Call<T>(object? target, HlArgument first, HlArgument second, HlArgument third, HlArgument fourth)
    {
        target ??= statics!;
        return typed is TypedCall<T> fast ? fast(target, first, second, third, fourth) : CallUntyped<T>(target, first, second, third, fourth);
    }

    // By itself, and by value all the way: arguments whose address nobody takes stay in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private T CallUntyped<T>(object target, HlArgument first, HlArgument second, HlArgument third, HlArgument fourth)
    {
        if (FindTyped<T, TypedCall<T>>() is { } made)
            return made(target, first, second, third, fourth);
        object?[] arguments = [first.ToObject(), second.ToObject(), third.ToObject(), fourth.ToObject()];
        return HlConvert.To<T>(Call(target, arguments[..Arity]), Description);
    }

    private string Description => $"{(Owner as HlType)?.Name ?? Owner}.{Name}{(Arity < 0 ? "" : "()")}";

    // One type of result is compiled for; others take the longer way.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private TDelegate? FindTyped<T, TDelegate>() where TDelegate : Delegate
    {
        if (typed is not null || ++typedUses <= UsesBeforeCompiling)
            return null;
        ParameterExpression target = Expression.Parameter(typeof(object));
        ParameterExpression[] arguments = [.. Enumerable.Range(0, Arity == Read ? 0 : MaxTyped).Select(_ => Expression.Parameter(typeof(HlArgument)))];
        Expression[] values = [.. arguments.Take(Math.Max(Arity, 0)).Select(a => new ArgumentExpression(a))];
        Expression? body = Arity == Read
            ? member.BuildValue(Known(target), out HlType? result)
            : member.BuildCall(Known(target), new CallArguments(values, new CallInfo(Arity), false), out result, out _);
        // What cannot be done at all stays an error of the member's own.
        if (body is null)
            return null;
        var made = Expression.Lambda<TDelegate>(ValueExpressions.FromHaxeAs(body, result, typeof(T), Description), [target, .. arguments]).Compile();
        typed = made;
        return made;
    }

    // The object is the statics, or of the type that the access was looked up by.
    private Expression Known(Expression target) => ValueExpressions.KnownAs(target, member.Owner.ClrType);

    private bool IsHot()
    {
        if (++uses <= UsesBeforeCompiling)
            return false;
        ParameterExpression target = Expression.Parameter(typeof(object)), arguments = Expression.Parameter(typeof(object[]));
        Expression self = Known(target);
        Expression[] values = [.. Enumerable.Range(0, Math.Max(Arity, Arity == Write ? 1 : 0)).Select(i => Expression.ArrayIndex(arguments, Expression.Constant(i)))];
        Expression? body = Arity switch
        {
            Read => member.BuildGet(self),
            Write => member.BuildSet(self, values[0], out _),
            _ => member.BuildInvoke(self, new CallArguments(values, new CallInfo(Arity), false), out _),
        };
        // What cannot be done at all stays an error of the member's own.
        if (body is null)
            return false;
        compiled = Expression.Lambda<Func<object, object?[], object?>>(body.Type == typeof(object) ? body : Expression.Convert(body, typeof(object)), target, arguments).Compile();
        return true;
    }
}

/// <summary>What reading a member by its name is compiled to.</summary>
internal delegate T TypedRead<T>(object target);

/// <summary>What calling a member by its name is compiled to: numbers pass without boxes.</summary>
internal delegate T TypedCall<T>(object target, HlArgument first, HlArgument second, HlArgument third, HlArgument fourth);
