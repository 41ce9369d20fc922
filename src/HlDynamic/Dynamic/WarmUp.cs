using System.Collections.ObjectModel;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Gets what the first uses through <c>dynamic</c> need compiled on a thread of its own, while the process's first module loads. Nothing
/// depends on that: what is used before it is ready is compiled by who uses it.
/// </summary>
internal static class WarmUp
{
    // What binds members, in about the order in which a first use comes to them.
    private static readonly Type[] Classes =
    [
        typeof(HlObject), typeof(HlMetaObject), typeof(MemberAccess), typeof(InvokeAccess), typeof(GetAccess), typeof(SetAccess), typeof(MemberFinder), typeof(HlProperty),
        typeof(HlType), typeof(HlContext), typeof(FieldNames), typeof(FieldName), typeof(HlMember), typeof(HlField), typeof(HlMethod), typeof(HlFunctionSource), typeof(CallSignature), typeof(CallArguments),
        typeof(HlParameter),
        typeof(ValueExpressions), typeof(RuleMethods), typeof(ArgumentExpression), typeof(BinderHistory), typeof(HaxeNames),
        typeof(NamespaceMetaObject), typeof(ClassDirectory), typeof(Lookup), typeof(HlClass), typeof(ClassMetaObject), typeof(HlModuleInstance), typeof(HlAccessor),
        typeof(HlAccessor<object>),
    ];

    private static int isStarted;

    /// <summary>Starts the thread, once in a process; not where it would take the place of the one that loads the module.</summary>
    public static void Start()
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref isStarted, 1) == 0)
            new Thread(RunQuietly) { IsBackground = true, Name = "First uses" }.Start();
    }

    private static void RunQuietly()
    {
        try
        {
            Run();
        }
        catch (Exception)
        {
            // Whoever uses what could not be compiled gets the error.
        }
    }

    /// <summary>Does what the thread does.</summary>
    public static void Run()
    {
        UseRule();
        foreach (Type type in Classes)
            Prepare(type);
    }

    private static void Prepare(Type type)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
        RuntimeTypeHandle[] arguments = Array.ConvertAll(type.GenericTypeArguments, a => a.TypeHandle);
        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
            if (method is { IsAbstract: false, IsGenericMethodDefinition: false, MethodHandle: var handle })
                RuntimeHelpers.PrepareMethod(handle, arguments);
        foreach (Type nested in type.GetNestedTypes(BindingFlags.NonPublic))
            if (!nested.IsGenericTypeDefinition)
                Prepare(nested);
    }

    // A rule of a site, with what the rules for Haxe objects have and those for C# objects have not: the library that compiles
    // them gets to know it.
    private static void UseRule()
    {
        var site = CallSite<Func<CallSite, object, object, object>>.Create(new Binder());
        site.Target(site, new object(), "");
    }

    private sealed class Binder : CallSiteBinder
    {
        public override Expression Bind(object[] args, ReadOnlyCollection<ParameterExpression> parameters, LabelTarget returnLabel)
        {
            Expression text = Expression.Call(Expression.Constant(new object()), nameof(ToString), null);
            Expression either = Expression.Condition(Expression.TypeIs(parameters[1], typeof(string)), CallSignature.TranslateFaults(text), Expression.Constant("", typeof(string)));
            ParameterExpression result = Expression.Variable(typeof(object));
            Expression kept = Expression.Block([result], Expression.Assign(result, Expression.Convert(either, typeof(object))), result);
            return Expression.IfThen(Expression.TypeEqual(parameters[0], typeof(object)), Expression.Return(returnLabel, kept));
        }
    }
}
