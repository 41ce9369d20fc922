using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>The values of functions: methods and objects that closures are made over.</summary>
internal sealed partial class ModuleEmitter
{
    /// <summary>The pooled closure of a function that needs no environment, one for each use.</summary>
    public FieldDefinition StaticClosure(int function, string use = "closure") => Pool.Get(use + function, Types.Delegate(Module.GetSignature(function), 0).Type,
        il =>
        {
            if (use == "closure" && FindCalculation(function) is { } method)
                EmitClosed(il, function, method);
            else
                new CodeEmitter(this, il).NewClosure(function, isBound: false);
        });

    // A function that only calculates: no stack lacks it where the JIT compiles it into its callers.
    private MethodDefinition? FindCalculation(int function) =>
        Recursion.Calculates(function) && methods[function] is { IsStatic: true } method ? method : null;

    private TypeDefinition? closuresType;
    private MethodDefinition? newNoEnvironment;

    // The closure of a static function as that of a method of an object.
    private void EmitClosed(CodeWriter il, int function, MethodDefinition method)
    {
        DelegateShape shape = Types.Delegate(Module.GetSignature(function), 0);
        closuresType ??= Types.Define(ClrNames.Closures, TypeAttributes.Public | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, typeof(HlNoEnvironment));
        if (newNoEnvironment is null)
        {
            newNoEnvironment = closuresType.DefineConstructor(typeof(int));
            CodeWriter create = newNoEnvironment.Code;
            create.Emit(OpCodes.Ldarg_0);
            create.Emit(OpCodes.Ldarg_1);
            create.Emit(OpCodes.Call, RuntimeMembers.NewNoEnvironment);
            create.Emit(OpCodes.Ret);
            newNoEnvironment.Seal();
        }
        MethodDefinition closed = closuresType.DefineMethod($"{method.Name}${function}", MethodAttributes.Public | MethodAttributes.HideBySig, method.Result, method.Parameters);
        var code = new CodeEmitter(this, closed.Code);
        for (int i = 1; i <= method.Parameters.Length; i++)
            code.LoadArgument(i);
        code.IL.Emit(OpCodes.Call, method);
        code.IL.Emit(OpCodes.Ret);
        closed.Seal();
        il.Emit(OpCodes.Ldc_I4, function);
        il.Emit(OpCodes.Newobj, newNoEnvironment);
        il.Emit(OpCodes.Ldftn, closed);
        il.Emit(OpCodes.Newobj, shape.Constructor);
    }

    /// <summary>A static method with just the function's signature, for closures.</summary>
    public ClrMethod StaticTarget(int function) => staticTargets[function] ??=
        methods[function] is { IsStatic: true } method ? method : (ClrMethod)EmitThunk(function, boxed: false);

    /// <summary>The method that a closure over the first argument runs.</summary>
    public ClrMethod BoundTarget(int function) => boundTargets[function] ??=
        IsBoxedEnvironment(function) || methods[function] is null ? (ClrMethod)EmitThunk(function, boxed: IsBoxedEnvironment(function)) : methods[function]!;

    /// <summary>Whether a closure over the function's first argument must box it.</summary>
    public bool IsBoxedEnvironment(int function) => Types.OfParameter(Module.GetSignature(function).Parameters[0]).IsValueType;

    private MethodDefinition EmitThunk(int function, bool boxed)
    {
        HlFunctionTypeDef signature = Module.GetSignature(function);
        ClrType[] parameters = Types.OfParameters(signature.Parameters);
        if (boxed)
            parameters[0] = typeof(object);
        MethodDefinition thunk = DefineHelper($"closure${function}", Types.Of(signature.Return), parameters);
        var code = new CodeEmitter(this, thunk.Code);
        if (Module.FindNative(function) is not null)
        {
            NativeTarget native = Native(function);
            native.EmitCall(code, i =>
            {
                code.LoadArgument(i);
                if (i == 0 && boxed)
                    code.Unbox(DynType, signature.Parameters[0]);
            }, signature.Return);
        }
        else
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                code.LoadArgument(i);
                if (i == 0 && boxed)
                    code.Unbox(DynType, signature.Parameters[0]);
            }
            code.IL.Emit(OpCodes.Call, methods[function]!);
        }
        code.IL.Emit(OpCodes.Ret);
        thunk.Seal();
        return thunk;
    }
}
