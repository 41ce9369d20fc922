using System.Dynamic;
using System.Linq.Expressions;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>Makes packages, and VMs as the package of all, usable as <c>dynamic</c>: <c>hl.com.example.Counter</c>.</summary>
internal class NamespaceMetaObject(Expression expression, INamespace value) : DynamicMetaObject(expression, BindingRestrictions.Empty, value)
{
    private INamespace Namespace => (INamespace)Value!;

    public override DynamicMetaObject BindGetMember(GetMemberBinder binder)
    {
        Expression find = Expression.Call(Expression.Convert(Expression, typeof(INamespace)), CachedReflection.FindInNamespace,
            Expression.Constant(binder.Name), Expression.Constant(binder.IgnoreCase));
        if (Namespace.Find(binder.Name, binder.IgnoreCase) is not null)
            return Lookup.Rule(binder, this, find);
        string[] nearest = NearestNames.Find(binder.Name, Namespace.Names);
        string problem = $"{(Namespace.Name.Length == 0 ? "The program" : Namespace.Name)} has no class, enum or package {binder.Name}.{NearestNames.Suggest(nearest)}";
        return Lookup.Missing(this, find, binder.FallbackGetMember(this, LanguageErrors.Suggest(binder, this, problem)));
    }

    public override IEnumerable<string> GetDynamicMemberNames() => Namespace.Names;
}
