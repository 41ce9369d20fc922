using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>What a call site does with a member: the part of a binder that the runtime's side needs.</summary>
internal abstract class MemberAccess(string name, bool ignoreCase)
{
    public string Name { get; } = name;

    public bool IgnoreCase { get; } = ignoreCase;

    /// <summary>The expression that does it; null and the reason if the member does not allow it.</summary>
    public abstract Expression? Build(HlMember member, Expression target, IReadOnlyList<Expression> arguments, out string? problem);

    /// <summary>As <see cref="Build"/>, for a rule that was asked for by an object of a class (<see cref="HlMember.BuildInvokeFor"/>).</summary>
    public virtual Expression? BuildFor(HlMember member, HlObject value, Expression target, IReadOnlyList<Expression> arguments, out Expression? premise, out string? problem)
    {
        premise = null;
        return Build(member, target, arguments, out problem);
    }

    /// <summary>Whether <see cref="Use"/> does the same as the expression.</summary>
    public virtual bool MayUse(HlMember member) => false;

    /// <summary>Does it by value.</summary>
    public virtual object? Use(HlMember member, object target, object?[] arguments) => throw new NotSupportedException($"{Name} is not used by value.");

    /// <summary>The member of an object; null if it has none of the name.</summary>
    public virtual HlMember? Find(HlObject target, IReadOnlyList<Expression> arguments) =>
        MemberFinder.Find(target, Name, IgnoreCase) ?? DotNetMember.Find(target, Name, null);
}

/// <summary>Reads a member.</summary>
internal sealed class GetAccess(GetMemberBinder binder) : MemberAccess(binder.Name, binder.IgnoreCase)
{
    public override Expression? Build(HlMember member, Expression target, IReadOnlyList<Expression> arguments, out string? problem)
    {
        problem = null;
        return member.BuildGet(target);
    }

    public override bool MayUse(HlMember member) => true;

    public override object? Use(HlMember member, object target, object?[] arguments) => member.GetValue(target);
}

/// <summary>Writes a member.</summary>
internal sealed class SetAccess(SetMemberBinder binder) : MemberAccess(binder.Name, binder.IgnoreCase)
{
    public override Expression? Build(HlMember member, Expression target, IReadOnlyList<Expression> arguments, out string? problem) =>
        member.BuildSet(target, arguments[0], out problem);
}

/// <summary>Calls a member.</summary>
internal sealed class InvokeAccess(InvokeMemberBinder binder) : MemberAccess(binder.Name, binder.IgnoreCase)
{
    private readonly CallInfo call = binder.CallInfo;

    // A function in a field that is null has an error of another text.
    public override bool MayUse(HlMember member) => member is HlMethod && call.ArgumentNames.Count == 0;

    public override object? Use(HlMember member, object target, object?[] arguments) => member.InvokeValue(target, arguments);

    public override HlMember? Find(HlObject target, IReadOnlyList<Expression> arguments) =>
        MemberFinder.Find(target, Name, IgnoreCase)
        ?? (call.ArgumentNames.Count == 0 ? DotNetMember.Find(target, Name, [.. arguments.Select(a => a.Type)]) : null);

    public override Expression? Build(HlMember member, Expression target, IReadOnlyList<Expression> arguments, out string? problem) =>
        member.BuildInvoke(target, new CallArguments(arguments, call, IgnoreCase), out problem);

    public override Expression? BuildFor(HlMember member, HlObject value, Expression target, IReadOnlyList<Expression> arguments, out Expression? premise, out string? problem) =>
        member.BuildInvokeFor(value, target, new CallArguments(arguments, call, IgnoreCase), out premise, out problem);
}
