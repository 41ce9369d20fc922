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
        if (HlArraySort.IsRotate(function))
            EmitSortStep(RuntimeMembers.Named(typeof(HlArraySort), nameof(HlArraySort.TryRotate)), 2);
        else if (HlArraySort.IsSwap(function))
            EmitSortStep(RuntimeMembers.Named(typeof(HlArraySort), nameof(HlArraySort.TrySwap)), 1);
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

    // Passes the array of objects behind the one of Dynamic, and the indexes.
    private void EmitSortStep(MethodInfo step, int firstIndex)
    {
        var array = (HlObjectTypeDef)function.Type.Parameters[0];
        if (FindArrayField(array, HlTypeKind.Obj) is not { } inner
            || Module.Module.Types.OfType<HlObjectTypeDef>().FirstOrDefault(t => t.Name == "hl.types.ArrayObj") is not { } objects
            || FindArrayField(objects, HlTypeKind.Array) is not { } items)
            return;
        Label declined = new();
        Local found = IL.DeclareLocal(Types.Of(objects));
        LoadArgument(0);
        IL.Emit(OpCodes.Brfalse, declined);
        LoadArgument(0);
        IL.Emit(OpCodes.Ldfld, inner);
        IL.Emit(OpCodes.Isinst, Types.Of(objects));
        IL.StoreLocal(found);
        IL.LoadLocal(found);
        IL.Emit(OpCodes.Brfalse, declined);
        IL.LoadLocal(found);
        IL.LoadLocal(found);
        IL.Emit(OpCodes.Ldfld, items);
        for (int i = firstIndex; i < parameterCount; i++)
            LoadArgument(i);
        IL.Emit(OpCodes.Call, step);
        IL.Emit(OpCodes.Brfalse, declined);
        IL.Emit(OpCodes.Ret);
        IL.MarkLabel(declined);
    }

    // The field that holds the elements of an array class that the runtime knows.
    private ClrField? FindArrayField(HlObjectTypeDef type, HlTypeKind kind)
    {
        if (HlKnownClass.Find(type)?.Interface != typeof(IHlArray<object>))
            return null;
        for (int i = 0; i < type.Fields.Length; i++)
            if (type.Fields[i] is { Name: "array" } field && field.Type.Kind == kind)
                return Types.Class(type).Field(type.FirstFieldIndex + i);
        return null;
    }
}
