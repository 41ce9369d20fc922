using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>OCall0 to OVirtualClosure.</summary>
internal sealed partial class FunctionCompiler
{
    private void EmitCallOrClosure(int i, in HlInstruction instruction)
    {
        ReadOnlySpan<int> arguments = function.Arguments(instruction);
        switch (instruction.Opcode)
        {
            case HlOpcode.OCallMethod:
                EmitCallMethod(instruction.A, arguments[0], instruction.B, arguments[1..]);
                break;
            case HlOpcode.OCallThis:
                EmitCallMethod(instruction.A, 0, instruction.B, arguments);
                break;
            case HlOpcode.OCallClosure:
                EmitCallClosure(instruction.A, instruction.B, arguments);
                break;
            case HlOpcode.OStaticClosure:
            {
                IL.Emit(OpCodes.Ldsfld, Module.StaticClosure(instruction.B));
                StoreFrom(Module.Module.GetSignature(instruction.B), instruction.A);
                break;
            }
            case HlOpcode.OInstanceClosure:
            {
                HlFunctionTypeDef signature = Module.Module.GetSignature(instruction.B);
                if (signature.Parameters.IsEmpty || signature.Parameters[0].Kind == HlTypeKind.Ref)
                    throw Module.Refuse($"function {instruction.B} of type {signature} cannot be closed over r{instruction.C}");
                LoadAs(instruction.C, Module.Argument(signature.Parameters[0]));
                StoreClosure(NewClosure(instruction.B, isBound: true), instruction.A);
                break;
            }
            case HlOpcode.OVirtualClosure:
                EmitVirtualClosure(instruction);
                break;
            default:
                if (EmitLetterCompare(i, instruction, arguments) || EmitConcat(i, instruction, arguments) || EmitQuick(i, instruction, arguments)
                    || EmitTypeof(i, instruction, arguments))
                    break;
                int[] kept = IsRare(i) ? FindNumbersAcross(i) : [];
                SetAside(kept);
                EmitCallFunction(i, instruction.A, instruction.B, arguments);
                TakeBack(kept);
                if (IsRare(i))
                    ForgetSteadyAround(i);
                break;
        }
    }

    private void EmitCallFunction(int i, int destination, int callee, ReadOnlySpan<int> arguments)
    {
        HlFunctionTypeDef signature = Module.Module.GetSignature(callee);
        if (Module.Module.FindNative(callee) is not null)
        {
            int[] registers = arguments.ToArray();
            Module.Native(callee).EmitCall(this, k => LoadForParameter(registers[k], signature.Parameters[k]), signature.Return);
            StoreFrom(signature.Return, destination);
            return;
        }
        for (int k = 0; k < arguments.Length; k++)
        {
            if (TypeOf(arguments[k]) == signature.Parameters[k] && IsNullAt(i, arguments[k]))
                IL.Emit(OpCodes.Ldnull);
            else
                LoadForParameter(arguments[k], signature.Parameters[k]);
        }
        if (IsTried && Module.Throws.IsNear(callee))
        {
            EmitTriedCall(i, destination, Module.Tried(callee), signature.Return);
            return;
        }
        IL.Emit(OpCodes.Call, callee == function.Index && Next is not null ? Next : Module.Method(callee));
        StoreFrom(signature.Return, destination);
    }

    // Whether a register was set to null right before. Calls that differ in such an argument only would look the same to the JIT
    // otherwise, which makes one of them, and does not see that what stores the argument stores nothing.
    private bool IsNullAt(int i, int register)
    {
        while (labels[i] is null && --i >= 0 && code[i].Opcode is HlOpcode.ONull or HlOpcode.OInt or HlOpcode.OBool or HlOpcode.OFloat or HlOpcode.OString or HlOpcode.OGetGlobal)
            if (code[i].A == register)
                return code[i].Opcode == HlOpcode.ONull && TypeOf(register).Kind is HlTypeKind.Obj or HlTypeKind.Virtual or HlTypeKind.Enum or HlTypeKind.Fun
                    or HlTypeKind.Array or HlTypeKind.Dyn or HlTypeKind.Null;
        return false;
    }

    // The native of HashLink's std library that a call by number is of, if that has its name and the .NET program provides no other.
    private HlNativeDef? FindStd(in HlInstruction call, string name) =>
        Module.Module.FindNative(call.B) is { Library: "std" } native && native.Name == name && Module.Options.Natives?.ContainsKey(("std", name)) != true ? native : null;

    private void EmitCallMethod(int destination, int target, int index, ReadOnlySpan<int> arguments)
    {
        switch (TypeOf(target))
        {
            case HlObjectTypeDef type:
            {
                (MethodDefinition method, HlFunctionTypeDef signature) = Slot(type, index);
                Load(target);
                for (int i = 0; i < arguments.Length; i++)
                    LoadForParameter(arguments[i], signature.Parameters[i + 1]);
                IL.Emit(OpCodes.Callvirt, method);
                StoreFrom(signature.Return, destination);
                break;
            }
            case HlVirtualTypeDef type when (uint)index < (uint)type.Fields.Length && type.Fields[index].Type is HlFunctionTypeDef signature
                && signature.Parameters.Length == arguments.Length:
            {
                MethodDefinition method = Module.Structures.Caller(Types.Structure(type), index);
                Load(target);
                for (int i = 0; i < arguments.Length; i++)
                    LoadForParameter(arguments[i], signature.Parameters[i]);
                IL.Emit(OpCodes.Callvirt, method);
                StoreFrom(signature.Return, destination);
                break;
            }
            default:
                throw Unexpected(target);
        }
    }

    private ClassSlot Slot(HlObjectTypeDef type, int index) =>
        Types.Class(type).Slot(index) ?? throw Module.Refuse($"{type.Name} has no virtual method {index}");

    private void EmitCallClosure(int destination, int closure, ReadOnlySpan<int> arguments)
    {
        if (TypeOf(closure) is HlFunctionTypeDef signature)
        {
            Load(closure);
            // HashLink passes what there is: arguments too many are ignored, and missing ones are nothing in particular.
            for (int i = 0; i < signature.Parameters.Length; i++)
            {
                if (i < arguments.Length)
                    LoadForParameter(arguments[i], signature.Parameters[i]);
                else
                    LoadDefault(Module.Argument(signature.Parameters[i]));
            }
            IL.Emit(OpCodes.Callvirt, Types.Delegate(signature, 0).Invoke);
            StoreFrom(signature.Return, destination);
            return;
        }
        if (!IsObject(TypeOf(closure)))
            throw Unexpected(closure);
        Load(closure);
        IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlClosures), nameof(HlClosures.Callable)));
        LoadInt(arguments.Length);
        IL.Emit(OpCodes.Newarr, typeof(object));
        for (int i = 0; i < arguments.Length; i++)
        {
            IL.Emit(OpCodes.Dup);
            LoadInt(i);
            LoadAs(arguments[i], Module.DynType);
            IL.Emit(OpCodes.Stelem_Ref);
        }
        IL.Emit(OpCodes.Call, RuntimeMembers.CallClosure);
        SafeCast(Module.DynType, TypeOf(destination));
        Store(destination);
    }

    private void EmitVirtualClosure(in HlInstruction instruction)
    {
        if (TypeOf(instruction.B) is not HlObjectTypeDef type)
            throw Unexpected(instruction.B);
        (MethodDefinition method, HlFunctionTypeDef signature) = Slot(type, instruction.C);
        DelegateShape shape = Types.Delegate(signature, 1);
        Load(instruction.B);
        IL.Emit(OpCodes.Dup);
        IL.Emit(OpCodes.Ldvirtftn, method);
        IL.Emit(OpCodes.Newobj, shape.Constructor);
        StoreClosure(shape, instruction.A);
    }

    // The type of a closure over an object has no number in the bytecode, so it is compared by its key.
    private void StoreClosure(DelegateShape shape, int register)
    {
        HlTypeDef type = TypeOf(register);
        if (type is HlFunctionTypeDef wanted && Types.Delegate(wanted, 0) is var target && target.Key != shape.Key)
        {
            IL.Emit(OpCodes.Ldtoken, target.Type);
            IL.Emit(OpCodes.Call, RuntimeMembers.GetTypeFromHandle);
            LoadContext();
            IL.Emit(OpCodes.Call, RuntimeMembers.ToFunction);
            IL.Emit(OpCodes.Castclass, target.Type);
        }
        else if (type is not HlFunctionTypeDef && !IsObject(type))
        {
            throw Unexpected(register);
        }
        Store(register);
    }
}
