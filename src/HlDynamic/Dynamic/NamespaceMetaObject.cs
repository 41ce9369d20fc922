using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes packages, and VMs as the package of all, usable as <c>dynamic</c>: <c>hl.com.example.Counter</c>.</summary>
internal class NamespaceMetaObject(Expression expression, INamespace value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    private INamespace Namespace => (INamespace)Value!;

    /// <summary>Calls what is of the name: a class makes an object.</summary>
    public override DynamicMetaObject BindInvokeMember(InvokeMemberBinder binder, DynamicMetaObject[] args)
    {
        Expression find = Search(binder.Name, binder.IgnoreCase);
        if (Namespace.Find(binder.Name, binder.IgnoreCase) is not { } found)
            return Lookup.Missing(this, find, binder.FallbackInvokeMember(this, args, LanguageErrors.Suggest(binder, this, Missing(binder.Name))));
        // VB writes reading a member and calling it alike.
        if (args.Length == 0 && !LanguageErrors.IsCSharp(binder))
            return Lookup.Rule(binder, this, find);
        BindingRestrictions restrictions = BindingRestrictions.GetTypeRestriction(Expression, LimitType)
            .Merge(BindingRestrictions.GetTypeRestriction(find, found.GetType()));
        return binder.FallbackInvoke(new DynamicMetaObject(find, restrictions, found), args, null);
    }

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
    {
        Expression find = Search(binder.Name, binder.IgnoreCase);
        if (Namespace.Find(binder.Name, binder.IgnoreCase) is not null)
            return Lookup.Rule(binder, find);
        return Lookup.Missing(this, find, binder.FallbackGetMember(this, LanguageErrors.Suggest(binder, this, Missing(binder.Name))));
    }

    public override IEnumerable<string> GetDynamicMemberNames() => Namespace.Names;

    /// <summary>For rules: what is of the name in a package, or in a VM; null if nothing is, or the target is neither.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? FindIn(object? target, string name, bool ignoreCase) => (target as INamespace)?.Find(name, ignoreCase);

    private MethodCallExpression Search(string name, bool ignoreCase) =>
        Expression.Call(RuleMethods.FindInNamespace, Expression, Expression.Constant(name), Expression.Constant(ignoreCase));

    private string Missing(string name) =>
        $"{(Namespace.Name.Length == 0 ? "The program" : Namespace.Name)} has no class, enum or package {name}.{NearestNames.Suggest(NearestNames.Find(name, Namespace.Names))}";
}
