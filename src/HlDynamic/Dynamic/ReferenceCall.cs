using System.Linq.Expressions;
using System.Reflection;
using System.Reflection.Emit;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// Calls of functions that take references, which is how bytecode passes arguments that have a default value: a null
/// reference asks for the default. Expressions cannot make null references, so a method made for the call does.
/// </summary>
internal static class ReferenceCall
{
    /// <summary>The expression that calls a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">An argument for each parameter, the object first; null for a reference that is to be null.</param>
    public static Expression Build(MethodInfo method, Expression?[] arguments)
    {
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        if (!method.IsStatic)
            parameters = [method.DeclaringType!, .. parameters];
        Expression[] passed = [.. arguments.OfType<Expression>()];
        Type[] passedTypes = [.. passed.Select(PassedType)];
        var adapter = new DynamicMethod("call$" + method.Name, method.ReturnType, passedTypes, typeof(ReferenceCall).Module, skipVisibility: true);
        ILGenerator il = adapter.GetILGenerator();
        short next = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            if (arguments[i] is null)
                il.Emit(OpCodes.Ldloc, il.DeclareLocal(parameters[i]));
            else if (parameters[i].IsByRef)
                LoadReference(il, next, passedTypes[next++], parameters[i]);
            else
                LoadValue(il, next, passedTypes[next++], parameters[i]);
        }
        il.Emit(method.IsStatic ? OpCodes.Call : OpCodes.Callvirt, method);
        il.Emit(OpCodes.Ret);
        Type delegateType = Expression.GetDelegateType([.. passedTypes, method.ReturnType]);
        return Expression.Invoke(Expression.Constant(adapter.CreateDelegate(delegateType), delegateType), passed);
    }

    // Delegate types that are made while the program runs find the types in them by name, and VMs of one program have
    // types of the same names; so references pass as objects.
    private static Type PassedType(Expression argument) =>
        argument is ParameterExpression { IsByRef: true } ? argument.Type.MakeByRefType()
        : argument.Type.IsValueType ? argument.Type
        : typeof(object);

    private static void LoadValue(ILGenerator il, short argument, Type type, Type parameter)
    {
        il.Emit(OpCodes.Ldarg, argument);
        if (type != parameter)
            il.Emit(OpCodes.Castclass, parameter);
    }

    // Of a variable of the caller, of the argument itself, or of what a box holds, where null is a null reference.
    private static void LoadReference(ILGenerator il, short argument, Type type, Type reference)
    {
        if (type.IsByRef || type.IsValueType)
        {
            il.Emit(type.IsByRef ? OpCodes.Ldarg : OpCodes.Ldarga, argument);
            return;
        }
        LocalBuilder variable = il.DeclareLocal(reference);
        Label absent = il.DefineLabel();
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Brfalse, absent);
        il.Emit(OpCodes.Ldarg, argument);
        il.Emit(OpCodes.Unbox, reference.GetElementType()!);
        il.Emit(OpCodes.Stloc, variable);
        il.MarkLabel(absent);
        il.Emit(OpCodes.Ldloc, variable);
    }
}
