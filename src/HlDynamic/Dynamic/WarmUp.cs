using System.Collections.ObjectModel;
using System.Dynamic;
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
        typeof(HlParameter), typeof(ValueExpressions), typeof(RuleMethods), typeof(ArgumentExpression), typeof(BinderHistory), typeof(HaxeNames),
        typeof(NamespaceMetaObject), typeof(ClassDirectory), typeof(HlPackage), typeof(HlEnumClass), typeof(Lookup), typeof(HlClass), typeof(ClassMetaObject), typeof(HlModuleInstance),
        typeof(HlTexts.Place), typeof(GeneralRule), typeof(GeneralSite), typeof(FirstUses), typeof(FirstRule), typeof(HlInvoker), typeof(HlFaults), typeof(HlConvert),
    ];

    // Of classes that have much else.
    private static readonly (Type Type, string Name)[] Methods =
    [
        (typeof(HlTexts), nameof(HlTexts.Get)), (typeof(HlText), nameof(HlText.RoughHash)),
        (typeof(HlString), nameof(HlString.From)), (typeof(HlString), nameof(HlString.ToString)), (typeof(HlHost), nameof(HlHost.ToHost)),
    ];

    private const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static int isStarted;

    /// <summary>Starts the thread, once in a process; not where it would take the place of the one that loads the module.</summary>
    /// <param name="vm">The class of VMs.</param>
    public static void Start(Type vm)
    {
        if (Environment.ProcessorCount > 1 && Interlocked.Exchange(ref isStarted, 1) == 0)
            new Thread(RunQuietly) { IsBackground = true, Name = "First uses" }.Start(vm);
    }

    private static void RunQuietly(object? vm)
    {
        try
        {
            Run((Type)vm!);
        }
        catch (Exception)
        {
            // Whoever uses what could not be compiled gets the error.
        }
    }

    /// <summary>Does what the thread does.</summary>
    public static void Run(Type vm)
    {
        UseRule();
        UseAccess();
        UseReflection();
        foreach (Type type in Classes)
            Prepare(type);
        foreach ((Type type, string name) in Methods)
            foreach (MemberInfo method in type.GetMember(name, MemberTypes.Method, Own))
                Prepare((MethodBase)method);
        foreach (Type role in new[] { typeof(INamespace), typeof(IDynamicMetaObjectProvider) })
            foreach (MethodInfo method in vm.GetInterfaceMap(role).TargetMethods)
                Prepare(method);
        UseSites(0);
        UseSites(0.0);
        UseSites(false);
        UseSites<object>("");
    }

    private static void Prepare(Type type)
    {
        foreach (MethodBase method in type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)))
            Prepare(method);
        foreach (Type nested in type.GetNestedTypes(BindingFlags.NonPublic))
            if (!nested.IsGenericTypeDefinition && !nested.IsSubclassOf(typeof(Delegate)))
                Prepare(nested);
    }

    private static void Prepare(MethodBase method)
    {
        if (method is not { IsAbstract: false, IsGenericMethodDefinition: false, MethodHandle: var handle })
            return;
        // What implements an interface explicitly is compiled only where somebody has asked for its address.
        if (method.IsFinal)
            handle.GetFunctionPointer();
        RuntimeHelpers.PrepareMethod(handle);
    }

    // A rule of a site, with what the rules for Haxe objects have and those for C# objects have not: the library that compiles
    // them gets to know it.
    private static void UseRule()
    {
        var site = CallSite<Func<CallSite, object, object, object>>.Create(new Binder());
        site.Target(site, new object(), "");
    }

    // What a site of objects of many classes compiles.
    private static void UseAccess()
    {
        ParameterExpression target = Expression.Parameter(typeof(object));
        Expression text = ValueExpressions.Inlined(RuleMethods.Text, ValueExpressions.KnownAs(target, typeof(HlString)));
        Expression.Lambda(Expression.GetDelegateType(typeof(object), typeof(string)), text, target).Compile();
    }

    // What is called by value is called by reflection.
    private static void UseReflection()
    {
        MethodInfo same = new Func<object, object>(Same).Method;
        HlFaults.Run(() => HlInvoker.InvokeStatic(same, [new object()]));
        typeof(EmptyBinder).GetField(nameof(EmptyBinder.IsBound), Own)!.GetValue(new EmptyBinder());
    }

    private static object Same(object value) => value;

    // .NET compiles a method of its own for sites whose arguments are of other types than those of all sites before.
    private static void UseSites<T>(T argument)
    {
        var binder = new EmptyBinder();
        var call = CallSite<Action<CallSite, object?, T>>.Create(binder);
        call.Target(call, null, argument);
        var value = CallSite<Func<CallSite, object?, T, object?>>.Create(binder);
        value.Target(value, null, argument);
        RuntimeHelpers.PrepareMethod(FirstUses.Method(1).MethodHandle, [typeof(T).TypeHandle]);
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

    private sealed class EmptyBinder : CallSiteBinder
    {
        public readonly bool IsBound = true;

        public override Expression Bind(object[] args, ReadOnlyCollection<ParameterExpression> parameters, LabelTarget returnLabel) =>
            Expression.Return(returnLabel, Expression.Default(returnLabel.Type));
    }
}
