using System.Buffers.Binary;
using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>Functions that ask the runtime first, and calls that ask it in their place.</summary>
internal sealed partial class FunctionCompiler
{
    private bool isDeclined;

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
        if (quick.ReturnType == typeof(HlArray))
        {
            EmitArray(quick, (HlObjectTypeDef)result, text, declined);
            return;
        }
        if (quick.GetParameters().Length > parameterCount && result.Kind == HlTypeKind.Void)
        {
            LoadArgument(parameterCount - 1);
            IL.Emit(OpCodes.Isinst, Types.Of(text));
        }
        EmitAsk(quick, result, declined);
        IL.Emit(OpCodes.Ret);
        IL.MarkLabel(declined);
    }

    // Haxe's array of the native one that the runtime answers with.
    private void EmitArray(MethodInfo quick, HlObjectTypeDef result, HlObjectTypeDef text, Label declined)
    {
        LoadContext();
        IL.Emit(OpCodes.Ldsfld, Module.Texts(text));
        IL.Emit(OpCodes.Call, quick);
        Local answer = IL.DeclareLocal(typeof(HlArray));
        IL.StoreLocal(answer);
        IL.LoadLocal(answer);
        IL.Emit(OpCodes.Brfalse, declined);
        ClassShape shape = Types.Class(result);
        IL.Emit(OpCodes.Newobj, shape.Constructor);
        IL.Emit(OpCodes.Dup);
        IL.LoadLocal(answer);
        shape.EmitSet(IL, FindField(result, "array", HlTypeKind.Array));
        IL.Emit(OpCodes.Dup);
        IL.LoadLocal(answer);
        IL.Emit(OpCodes.Ldfld, RuntimeMembers.ArrayCount);
        shape.EmitSet(IL, FindField(result, "length", HlTypeKind.I32));
        IL.Emit(OpCodes.Ret);
        IL.MarkLabel(declined);
    }

    // A field that is there, since the class is known. A class of other fields may have one of the same name and another type.
    private static int FindField(HlObjectTypeDef type, string name, HlTypeKind kind)
    {
        int i = 0;
        while (type.GetField(i) is var field && (field.Name != name || field.Type.Kind != kind))
            i++;
        return i;
    }

    // Leaves the answer, if there is one.
    private void EmitAsk(MethodInfo quick, HlTypeDef result, Label declined)
    {
        if (result.Kind == HlTypeKind.Obj)
            IL.Emit(OpCodes.Ldsfld, Module.Texts(result));
        IL.Emit(OpCodes.Call, quick);
        if (result.Kind == HlTypeKind.Void)
        {
            IL.Emit(OpCodes.Brfalse, declined);
            return;
        }
        Local answer = IL.DeclareLocal(quick.ReturnType);
        IL.StoreLocal(answer);
        IL.LoadLocal(answer);
        if (result.Kind == HlTypeKind.Obj)
        {
            IL.Emit(OpCodes.Brfalse, declined);
            IL.LoadLocal(answer);
            IL.Emit(OpCodes.Castclass, Types.Of(result));
        }
        else
        {
            LoadInt(HlKnownFunction.Declined);
            IL.Emit(OpCodes.Beq, declined);
            IL.LoadLocal(answer);
        }
    }

    private bool EmitQuick(int i, in HlInstruction call, ReadOnlySpan<int> arguments)
    {
        if (isDeclined || arguments.IsEmpty || Types.StringType is null || Module.Module.FindFunction(call.B) is not { } known
            || HlKnownFunction.FindAtCall(known, TypeOf(arguments[^1])) is not { } quick)
            return false;
        for (int k = 0; k < arguments.Length; k++)
        {
            if (k == arguments.Length - 1 && typeof(HlString).IsAssignableFrom(quick.GetParameters()[k].ParameterType))
                Load(arguments[k]);
            else
                LoadForParameter(arguments[k], known.Type.Parameters[k]);
        }
        EmitAskOrElse(quick, known.Type.Return, call.A, i, 1);
        return true;
    }

    // todyn box, value; call _, f(..., box)
    private bool EmitQuickInt(int i, in HlInstruction box)
    {
        if (isDeclined || box.Opcode != HlOpcode.OToDyn || Module.Options.Coverage || TypeOf(box.B).Kind != HlTypeKind.I32 || Types.StringType is null || !IsPair(i)
            || code[i + 1] is not { Opcode: >= HlOpcode.OCall2 and <= HlOpcode.OCallN } call || guardAt == i + 1 || Module.Module.FindFunction(call.B) is not { } known
            || HlKnownFunction.FindWithInt(known) is not { } quick || !PassesOn(box.A))
            return false;
        ReadOnlySpan<int> arguments = function.Arguments(call);
        if (arguments[^1] != box.A || IsAmong(arguments[..^1], box.A))
            return false;
        for (int k = 0; k < arguments.Length - 1; k++)
            LoadForParameter(arguments[k], known.Type.Parameters[k]);
        Load(box.B);
        EmitAskOrElse(quick, known.Type.Return, call.A, i, 2);
        (emittedAt, emittedUpTo) = (i, i + 2);
        return true;
    }

    private void EmitAskOrElse(MethodInfo quick, HlTypeDef result, int destination, int first, int count)
    {
        Label declined = new(), end = new();
        EmitAsk(quick, result, declined);
        if (result.Kind != HlTypeKind.Void)
            StoreFrom(result, destination);
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(declined);
        isDeclined = true;
        EmitEach(first, count);
        isDeclined = false;
        IL.MarkLabel(end);
    }

    // string letter, "x"; call3 order, string_compare(bytes, letter, length): what a switch over strings does.
    private bool EmitLetterCompare(int i, in HlInstruction call, ReadOnlySpan<int> arguments)
    {
        if (i == 0 || call.Opcode != HlOpcode.OCall3 || labels[i] is not null || code[i - 1] is not { Opcode: HlOpcode.OString } constant
            || arguments[1] != constant.A || Module.Module.Strings[constant.B] is not [var letter and not '\0']
            || !IsStringCompare(call) || TypeOf(arguments[0]).Kind != HlTypeKind.Bytes || TypeOf(arguments[2]).Kind != HlTypeKind.I32 || TypeOf(call.A).Kind != HlTypeKind.I32)
            return false;
        Label other = new(), end = new();
        Load(arguments[2]);
        LoadInt(1);
        IL.Emit(OpCodes.Bne_Un, other);
        Load(arguments[0]);
        LoadInt(BinaryPrimitives.ReverseEndianness(letter));
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlString), nameof(HlString.CompareLetter)));
        Store(call.A);
        IL.Emit(OpCodes.Br, end);
        IL.MarkLabel(other);
        EmitCallFunction(i, call.A, call.B, arguments);
        IL.MarkLabel(end);
        return true;
    }

    // Passes the array of objects behind that of Dynamic, and the indexes.
    private void EmitSortStep(MethodInfo step, int firstIndex)
    {
        var array = (HlObjectTypeDef)function.Type.Parameters[0];
        if (FindInnerArray(array) is not { } inner
            || Module.Module.Types.OfType<HlObjectTypeDef>().FirstOrDefault(t => t.Name == "hl.types.ArrayObj") is not { } objects
            || HlKnownClass.Find(objects)?.Interface != typeof(IHlArray<object>))
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
        for (int i = firstIndex; i < parameterCount; i++)
            LoadArgument(i);
        IL.Emit(OpCodes.Call, step);
        IL.Emit(OpCodes.Brfalse, declined);
        IL.Emit(OpCodes.Ret);
        IL.MarkLabel(declined);
    }

    // The field that holds the array behind that of Dynamic.
    private ClrField? FindInnerArray(HlObjectTypeDef type)
    {
        if (HlKnownClass.Find(type)?.Interface != typeof(IHlArray<object>))
            return null;
        for (int i = 0; i < type.Fields.Length; i++)
            if (type.Fields[i] is { Name: "array" } field && field.Type.Kind == HlTypeKind.Obj)
                return Types.Class(type).Field(type.FirstFieldIndex + i);
        return null;
    }
}
