using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Primitives;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>What a call of a native becomes: a direct call of the method that implements it, or the error that there is none.</summary>
internal sealed class NativeTarget
{
    private readonly HlNativeDef native;
    private readonly MethodInfo? method;
    private readonly string? problem;
    private readonly bool takesContext;
    private readonly bool isOfHost;

    private NativeTarget(HlNativeDef native, MethodInfo? method, string? problem, bool takesContext, bool isOfHost = false)
    {
        this.isOfHost = isOfHost;
        this.native = native;
        this.method = method;
        this.problem = problem;
        this.takesContext = takesContext;
    }

    /// <summary>Finds the implementation. That there is none is an error only when the native is called.</summary>
    public static NativeTarget Link(ModuleEmitter module, HlNativeDef native)
    {
        // A question mark marks a library that may be absent, which here every library may.
        string library = native.Library.TrimStart('?');
        if (module.Options.Natives is { } natives && natives.TryGetValue((library, native.Name), out MethodInfo? provided))
            return LinkHost(module, native, provided);
        if (PrimitiveTable.Find(library, native.Name) is not { } method)
            return new NativeTarget(native, null, "is not provided by anyone", false);
        ParameterInfo[] parameters = method.GetParameters();
        bool takesContext = parameters.Length > 0 && parameters[0].ParameterType == typeof(HlContext);
        int first = takesContext ? 1 : 0;
        if (parameters.Length - first != native.Type.Parameters.Length)
            return new NativeTarget(native, null, $"is provided with {parameters.Length - first} parameters", false);
        for (int i = first; i < parameters.Length; i++)
            if (!Fits(module, native.Type.Parameters[i - first], parameters[i].ParameterType))
                return new NativeTarget(native, null, $"is provided with {parameters[i].ParameterType.Name} as parameter {i - first + 1}", false);
        if (native.Type.Return.Kind != HlTypeKind.Void && method.ReturnType != typeof(void) && !FitsResult(module, method.ReturnType, native.Type.Return))
            return new NativeTarget(native, null, $"is provided with {method.ReturnType.Name} as its result", false);
        return new NativeTarget(native, method, null, takesContext);
    }

    // A method of the .NET program: numbers must be of the same type, all else is converted.
    private static NativeTarget LinkHost(ModuleEmitter module, HlNativeDef native, MethodInfo method)
    {
        ParameterInfo[] parameters = method.GetParameters();
        if (parameters.Length != native.Type.Parameters.Length)
            return new NativeTarget(native, null, $"is provided by {method.DeclaringType}.{method.Name} with {parameters.Length} parameters", false);
        for (int i = 0; i < parameters.Length; i++)
            if (!FitsHost(module, native.Type.Parameters[i], parameters[i].ParameterType))
                return new NativeTarget(native, null, $"is provided by {method.DeclaringType}.{method.Name} with {parameters[i].ParameterType} as parameter {i + 1}", false);
        bool fits = native.Type.Return.Kind == HlTypeKind.Void || method.ReturnType == typeof(void) || FitsHost(module, native.Type.Return, method.ReturnType);
        return fits
            ? new NativeTarget(native, method, null, false, isOfHost: true)
            : new NativeTarget(native, null, $"is provided by {method.DeclaringType}.{method.Name} with {method.ReturnType} as its result", false);
    }

    private static bool FitsHost(ModuleEmitter module, HlTypeDef type, Type clr)
    {
        ClrType own = module.Types.OfParameter(type);
        if (own.IsByRef || clr.IsByRef || clr.IsPointer || clr.IsByRefLike)
            return own.IsByRef && Fits(module, type, clr);
        return type.Kind == HlTypeKind.Bytes ? clr == typeof(string) || clr == typeof(object) || own.Is(clr)
            : own.IsValueType ? own.Is(clr) || clr == typeof(object)
            : true;
    }

    private static bool Fits(ModuleEmitter module, HlTypeDef type, Type clr)
    {
        ClrType own = module.Types.OfParameter(type);
        if (clr.IsByRef)
            return type is HlWrapperTypeDef { Kind: HlTypeKind.Ref } reference && module.Types.Of(reference.Inner).Is(clr.GetElementType()!);
        return clr.IsValueType || own.IsValueType ? own.Is(clr) || clr == typeof(object) : !own.IsByRef;
    }

    private static bool FitsResult(ModuleEmitter module, Type clr, HlTypeDef type)
    {
        ClrType own = module.Types.Of(type);
        return clr.IsValueType ? own.Is(clr) : !own.IsByRef && (!own.IsValueType || clr == typeof(object));
    }

    /// <summary>Emits a call and leaves a value of type <paramref name="result"/>.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="loadArgument">Loads the argument of a number, of the native's declared parameter type.</param>
    /// <param name="result">The type wanted; the native's own result type is converted.</param>
    public void EmitCall(CodeEmitter code, Action<int> loadArgument, HlTypeDef result)
    {
        HlFunctionTypeDef type = native.Type;
        if (method is null)
        {
            code.IL.Emit(OpCodes.Ldstr, native.Library);
            code.IL.Emit(OpCodes.Ldstr, native.Name);
            code.IL.Emit(OpCodes.Ldstr, type.ToString());
            code.IL.Emit(OpCodes.Ldstr, problem!);
            code.IL.Emit(OpCodes.Call, RuntimeMembers.MissingNative);
            code.IL.Emit(OpCodes.Throw);
            code.LoadDefault(result);
            return;
        }
        ParameterInfo[] parameters = method.GetParameters();
        int first = takesContext ? 1 : 0;
        if (takesContext)
            code.LoadContext();
        for (int i = 0; i < type.Parameters.Length; i++)
        {
            loadArgument(i);
            Type parameter = parameters[i + first].ParameterType;
            if (!isOfHost || parameter.IsByRef || code.Types.OfParameter(type.Parameters[i]).Is(parameter) && parameter.IsValueType)
            {
                code.ToClr(type.Parameters[i], parameter);
                continue;
            }
            code.ToClr(type.Parameters[i], typeof(object));
            code.IL.Emit(OpCodes.Call, RuntimeMembers.NativeToHost.MakeGenericMethod(parameter));
        }
        code.IL.Emit(OpCodes.Call, method);
        if (isOfHost && method.ReturnType != typeof(void) && type.Return.Kind != HlTypeKind.Void && !code.Types.Of(type.Return).Is(method.ReturnType))
        {
            if (method.ReturnType.IsValueType)
                code.IL.Emit(OpCodes.Box, method.ReturnType);
            code.LoadContext();
            code.LoadType(type.Return);
            code.IL.Emit(OpCodes.Call, RuntimeMembers.NativeFromHost);
            code.FromClr(typeof(object), type.Return);
        }
        else
        {
            code.FromClr(method.ReturnType, type.Return);
        }
        code.Coerce(type.Return, result);
    }
}
