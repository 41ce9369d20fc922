using System.Dynamic;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace HlDynamic.Tests.Dynamic;

/// <summary>
/// The binders of a language of our own: it has no members, operators or conversions itself, and throws
/// <see cref="MissingMemberException"/> for what an object does not know. It counts how often it is asked.
/// </summary>
internal sealed class TestLanguage(bool ignoreCase = false)
{
    private readonly Dictionary<object, CallSite> sites = [];

    /// <summary>How often a rule was made.</summary>
    public int Binds { get; private set; }

    public object? Get(object target, string name) => Site<Func<CallSite, object, object?>>(("get", name), () => new Getter(this, name), (s, t) => t(s, target));

    public object? Set(object target, string name, object? value) =>
        Site<Func<CallSite, object, object?, object?>>(("set", name), () => new Setter(this, name), (s, t) => t(s, target, value));

    public object? Call(object target, string name, object? argument) =>
        Site<Func<CallSite, object, object?, object?>>(("call", name), () => new Caller(this, name), (s, t) => t(s, target, argument));

    public object? Invoke(object target, object? argument) =>
        Site<Func<CallSite, object, object?, object?>>("invoke", () => new Invoker(this), (s, t) => t(s, target, argument));

    public object? GetIndex(object target, object? index) =>
        Site<Func<CallSite, object, object?, object?>>("[]", () => new IndexGetter(this), (s, t) => t(s, target, index));

    public object? SetIndex(object target, object? index, object? value) =>
        Site<Func<CallSite, object, object?, object?, object?>>("[]=", () => new IndexSetter(this), (s, t) => t(s, target, index, value));

    public object? Operate(object target, ExpressionType operation, object? other) =>
        Site<Func<CallSite, object, object?, object?>>(operation, () => new Operator(this, operation), (s, t) => t(s, target, other));

    public T Convert<T>(object target)
    {
        T result = default!;
        Site<Func<CallSite, object, T>>(typeof(T), () => new Converter(this, typeof(T)), (s, t) => result = t(s, target));
        return result;
    }

    private object? Site<T>(object key, Func<CallSiteBinder> binder, Func<CallSite, T, object?> use) where T : Delegate
    {
        if (!sites.TryGetValue(key, out CallSite? known))
            sites.Add(key, known = CallSite<T>.Create(binder()));
        var site = (CallSite<T>)known;
        return use(site, site.Target);
    }

    private DynamicMetaObject Missing(DynamicMetaObject target, Type type) => new(
        Expression.Throw(Expression.New(typeof(MissingMemberException)), type), BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType));

    private T? Count<T>(T? rule)
    {
        Binds++;
        return rule;
    }

    private sealed class Getter(TestLanguage language, string name) : GetMemberBinder(name, language.IgnoreCase)
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackGetMember(DynamicMetaObject target, DynamicMetaObject? errorSuggestion) => errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class Setter(TestLanguage language, string name) : SetMemberBinder(name, language.IgnoreCase)
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackSetMember(DynamicMetaObject target, DynamicMetaObject value, DynamicMetaObject? errorSuggestion) => errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class Caller(TestLanguage language, string name) : InvokeMemberBinder(name, language.IgnoreCase, new CallInfo(1))
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackInvoke(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            target.HasValue ? target.BindInvoke(new Invoker(language), args) : new Invoker(language).Defer([target, .. args]);

        public override DynamicMetaObject FallbackInvokeMember(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class Invoker(TestLanguage language) : InvokeBinder(new CallInfo(1))
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackInvoke(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class IndexGetter(TestLanguage language) : GetIndexBinder(new CallInfo(1))
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackGetIndex(DynamicMetaObject target, DynamicMetaObject[] indexes, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class IndexSetter(TestLanguage language) : SetIndexBinder(new CallInfo(1))
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackSetIndex(DynamicMetaObject target, DynamicMetaObject[] indexes, DynamicMetaObject value, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class Operator(TestLanguage language, ExpressionType operation) : BinaryOperationBinder(operation)
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackBinaryOperation(DynamicMetaObject target, DynamicMetaObject arg, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private sealed class Converter(TestLanguage language, Type type) : ConvertBinder(type, true)
    {
        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class => language.Count(base.BindDelegate(site, args));

        public override DynamicMetaObject FallbackConvert(DynamicMetaObject target, DynamicMetaObject? errorSuggestion) => errorSuggestion ?? language.Missing(target, ReturnType);
    }

    private bool IgnoreCase => ignoreCase;
}
