using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Functions that ask the runtime first.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitKnown()
    {
        if (Types.StringType is not { } text || HlKnownFunction.Find(function) is not { } quick)
            return;
        for (int i = 0; i < parameterCount; i++)
            LoadArgument(i);
        HlTypeDef result = function.Type.Return;
        var declined = new Label();
        if (result.Kind == HlTypeKind.Void)
        {
            LoadArgument(parameterCount - 1);
            IL.Emit(OpCodes.Isinst, Types.Of(text));
            IL.Emit(OpCodes.Call, quick);
            IL.Emit(OpCodes.Brfalse, declined);
        }
        else
        {
            IL.Emit(OpCodes.Ldsfld, Module.Texts(result));
            IL.Emit(OpCodes.Call, quick);
            Local answer = IL.DeclareLocal(quick.ReturnType);
            IL.StoreLocal(answer);
            IL.LoadLocal(answer);
            IL.Emit(OpCodes.Brfalse, declined);
            IL.LoadLocal(answer);
            IL.Emit(OpCodes.Castclass, Types.Of(result));
        }
        IL.Emit(OpCodes.Ret);
        IL.MarkLabel(declined);
    }
}
