using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Makes functions of one signature usable as functions of another, known when the module is compiled.</summary>
internal sealed class FunctionWrappers(ModuleEmitter module)
{
    private readonly Dictionary<string, MethodDefinition> wrappers = [];

    /// <summary>Whether a closure of the one type is one of the other as it is: by delegate variance.</summary>
    public bool Fits(HlFunctionTypeDef from, HlFunctionTypeDef to)
    {
        if (module.Types.Key(from) == module.Types.Key(to))
            return true;
        if (from.Parameters.Length != to.Parameters.Length || from.Parameters.Length > 16
            || !FitsValue(from.Return, to.Return))
            return false;
        for (int i = 0; i < from.Parameters.Length; i++)
            if (from.Parameters[i].Kind == HlTypeKind.Ref || !FitsValue(to.Parameters[i], from.Parameters[i]))
                return false;
        return true;
    }

    // Variance holds for references only. A dynamic value where a string is wanted may need a conversion, so only
    // what derives fits.
    private bool FitsValue(HlTypeDef from, HlTypeDef to) =>
        module.Types.Key(from) == module.Types.Key(to)
        || from is HlObjectTypeDef own && to is HlObjectTypeDef other && CodeEmitter.Derives(own, other)
        || CodeEmitter.IsObject(to) && from.Kind != HlTypeKind.Void && !module.Types.Of(from).IsValueType && from.Kind != HlTypeKind.Ref;

    /// <summary>The method that turns a closure of the one type into one of the other; null stays null.</summary>
    public MethodDefinition Get(HlFunctionTypeDef from, HlFunctionTypeDef to)
    {
        string key = module.Types.Key(from) + "->" + module.Types.Key(to);
        if (wrappers.TryGetValue(key, out MethodDefinition? wrapper))
            return wrapper;
        DelegateShape source = module.Types.Delegate(from, 0), target = module.Types.Delegate(to, 0);
        wrapper = module.DefineHelper("convert", target.Type, [source.Type]);
        wrappers.Add(key, wrapper);
        CodeWriter il = wrapper.Code;
        Label convert = new Label();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Brtrue, convert);
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Ret);
        il.MarkLabel(convert);
        if (from.Parameters.Length != to.Parameters.Length)
        {
            // Only functions that take any number of arguments fit; the runtime knows them.
            var code = new CodeEmitter(module, il);
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldtoken, target.Type);
            il.Emit(OpCodes.Call, RuntimeMembers.GetTypeFromHandle);
            code.LoadContext();
            il.Emit(OpCodes.Call, RuntimeMembers.ToFunction);
            il.Emit(OpCodes.Castclass, target.Type);
            il.Emit(OpCodes.Ret);
            wrapper.Seal();
            return wrapper;
        }
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldftn, EmitBody(source, target));
        il.Emit(OpCodes.Newobj, target.Constructor);
        il.Emit(OpCodes.Ret);
        wrapper.Seal();
        return wrapper;
    }

    // The wrapper is a closure over the closure it wraps; the runtime knows it by its method's name.
    private MethodDefinition EmitBody(DelegateShape source, DelegateShape target)
    {
        MethodDefinition body = module.DefineHelper("wrap$", module.Types.Of(target.Result), [source.Type, .. target.Parameters.Select(module.Types.OfParameter)]);
        var code = new CodeEmitter(module, body.Code);
        // Functions can be wrapped as often as a program likes.
        code.EmitStackGuard();
        code.IL.Emit(OpCodes.Ldarg_0);
        for (int i = 0; i < target.Parameters.Length; i++)
        {
            code.LoadArgument(i + 1);
            code.SafeCast(module.Argument(target.Parameters[i]), module.Argument(source.Parameters[i]));
        }
        code.IL.Emit(OpCodes.Callvirt, source.Invoke);
        code.SafeCast(source.Result, target.Result);
        code.IL.Emit(OpCodes.Ret);
        body.Seal();
        return body;
    }
}
