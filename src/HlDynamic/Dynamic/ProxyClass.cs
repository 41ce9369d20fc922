using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>The class that implements an interface: each method calls a delegate of a table, with the object and the arguments.</summary>
internal sealed class ProxyClass
{
    private static readonly ConditionalWeakTable<Type, ProxyClass> Classes = new();
    private static readonly ConstructorInfo BaseConstructor = typeof(HlProxy).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic)[0];
    private static readonly MethodInfo GetTarget = typeof(HlProxy).GetProperty(nameof(HlProxy.Target))!.GetMethod!;
    private readonly Func<HlObject, Delegate[], object> create;

    private ProxyClass(Type type)
    {
        Interface = type;
        Methods = [.. type.GetInterfaces().Append(type).SelectMany(i => i.GetMethods()).Where(m => m.IsAbstract && !m.IsStatic)];
        create = Compile();
    }

    public Type Interface { get; }

    /// <summary>The methods that the class implements, inherited ones too, accessors of properties among them.</summary>
    public MethodInfo[] Methods { get; }

    public static ProxyClass Of(Type type) => Classes.GetValue(type, static t => new ProxyClass(t));

    /// <summary>An object of the class.</summary>
    /// <param name="target">The Haxe object.</param>
    /// <param name="methods">A delegate for each of the methods.</param>
    public object Create(HlObject target, Delegate[] methods) => create(target, methods);

    /// <summary>The type of the delegate that implements a method.</summary>
    public static Type DelegateType(MethodInfo method) =>
        Expression.GetDelegateType([typeof(HlObject), .. method.GetParameters().Select(p => p.ParameterType), method.ReturnType]);

    private Func<HlObject, Delegate[], object> Compile()
    {
        var name = new AssemblyName("HlDynamic.Proxies." + Interface.Name);
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(Interface.Assembly) ?? AssemblyLoadContext.Default;
        using AssemblyLoadContext.ContextualReflectionScope scope = context.EnterContextualReflection();
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(name, context.IsCollectible ? AssemblyBuilderAccess.RunAndCollect : AssemblyBuilderAccess.Run);
        // Interfaces need not be public, and the base class's constructor is not.
        ConstructorInfo ignore = typeof(IgnoresAccessChecksToAttribute).GetConstructor([typeof(string)])!;
        foreach (Assembly other in Methods.SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)).Append(Interface).Append(typeof(HlProxy)).Select(t => t.Assembly).Distinct())
            assembly.SetCustomAttribute(new CustomAttributeBuilder(ignore, [other.GetName().Name]));
        TypeBuilder type = assembly.DefineDynamicModule(name.Name!).DefineType(name.Name!, TypeAttributes.Public | TypeAttributes.Sealed, typeof(HlProxy), [Interface]);
        FieldBuilder[] fields = [.. Methods.Select((m, i) => type.DefineField("m" + i, DelegateType(m), FieldAttributes.Private | FieldAttributes.InitOnly))];
        EmitConstructor(type, fields);
        for (int i = 0; i < Methods.Length; i++)
            EmitMethod(type, Methods[i], fields[i]);
        ConstructorInfo made = type.CreateType().GetConstructor([typeof(HlObject), typeof(Delegate[])])!;
        ParameterExpression target = Expression.Parameter(typeof(HlObject)), methods = Expression.Parameter(typeof(Delegate[]));
        return Expression.Lambda<Func<HlObject, Delegate[], object>>(Expression.New(made, target, methods), target, methods).Compile();
    }

    private static void EmitConstructor(TypeBuilder type, FieldBuilder[] fields)
    {
        ILGenerator il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(HlObject), typeof(Delegate[])]).GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Call, BaseConstructor);
        for (int i = 0; i < fields.Length; i++)
        {
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldarg_2);
            il.Emit(OpCodes.Ldc_I4, i);
            il.Emit(OpCodes.Ldelem_Ref);
            il.Emit(OpCodes.Castclass, fields[i].FieldType);
            il.Emit(OpCodes.Stfld, fields[i]);
        }
        il.Emit(OpCodes.Ret);
    }

    private static void EmitMethod(TypeBuilder type, MethodInfo method, FieldBuilder field)
    {
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        MethodBuilder implementation = type.DefineMethod(method.DeclaringType!.FullName + "." + method.Name,
            MethodAttributes.Private | MethodAttributes.Virtual | MethodAttributes.Final | MethodAttributes.NewSlot | MethodAttributes.HideBySig, method.ReturnType, parameters);
        ILGenerator il = implementation.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, GetTarget);
        for (int i = 0; i < parameters.Length; i++)
            il.Emit(OpCodes.Ldarg, (short)(i + 1));
        il.Emit(OpCodes.Callvirt, field.FieldType.GetMethod("Invoke")!);
        il.Emit(OpCodes.Ret);
        type.DefineMethodOverride(implementation, method);
    }
}
