using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>What the classes of a module have besides its functions: their types, constructors, and fields that hold functions from the start.</summary>
internal sealed partial class ModuleEmitter
{
    /// <summary>Emits the property that tells objects of a class their type.</summary>
    public void EmitRuntimeType(TypeDefinition type, HlTypeDef definition)
    {
        MethodDefinition getter = type.DefineMethod(RuntimeMembers.GetRuntimeType.Name,
            MethodAttributes.FamORAssem | MethodAttributes.Virtual | MethodAttributes.HideBySig | MethodAttributes.SpecialName, typeof(HlType), []);
        var code = new CodeEmitter(this, getter.Code);
        code.LoadType(definition);
        code.IL.Emit(OpCodes.Ret);
        getter.Seal();
    }

    /// <summary>Emits the method by which the runtime makes objects of a class of strings.</summary>
    public void EmitNew(ClassShape shape)
    {
        MethodDefinition maker = shape.Builder.DefineMethod(nameof(HlString.New),
            MethodAttributes.FamORAssem | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(HlString), []);
        maker.Code.Emit(OpCodes.Newobj, shape.Constructor);
        maker.Code.Emit(OpCodes.Ret);
        maker.Seal();
    }

    /// <summary>Emits a class's constructor: the super's, packed fields, and fields that hold a function from the start.</summary>
    public void EmitConstructor(ClassShape shape)
    {
        var code = new CodeEmitter(this, shape.Constructor.Code);
        CodeWriter il = code.IL;
        HlObjectTypeDef type = shape.Type;
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Call, shape.Super?.Constructor ?? (ClrMethod)RuntimeMembers.ConstructorOf(shape.Root));
        for (int i = 0; i < type.Fields.Length; i++)
        {
            if (type.Fields[i].Type is not HlWrapperTypeDef { Kind: HlTypeKind.Packed, Inner: HlObjectTypeDef inner })
                continue;
            if (ContainsPacked(inner, type, 0))
                throw Refuse($"{type.Name}.{type.Fields[i].Name} packs {inner.Name}, which contains {type.Name}");
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Newobj, Types.Class(inner).Constructor);
            il.Emit(OpCodes.Stfld, shape.Field(type.FirstFieldIndex + i));
        }
        if (LateBindings.IsLate(Module, type))
            EmitLateBindings(shape);
        else
            foreach (HlBindingDef binding in type.Bindings)
                EmitBinding(code, shape, binding);
        il.Emit(OpCodes.Ret);
        shape.Constructor.Seal();
    }

    // Threads may get here at the same time: each fills the fields that are still empty, with the same closures.
    private void EmitLateBindings(ClassShape shape)
    {
        MethodDefinition bind = shape.Builder.DefineMethod(RuntimeMembers.Bind.Name,
            MethodAttributes.FamORAssem | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(void), []);
        FieldDefinition isBound = shape.Builder.DefineField(LateBindings.Flag, typeof(bool), FieldAttributes.Private);
        var code = new CodeEmitter(this, bind.Code);
        CodeWriter il = code.IL;
        var end = new Label();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Ldfld, isBound);
        il.Emit(OpCodes.Brtrue, end);
        Pool.StartClass();
        foreach (HlBindingDef binding in shape.Type.Bindings)
        {
            var next = new Label();
            il.Emit(OpCodes.Ldarg_0);
            il.Emit(OpCodes.Ldfld, shape.Field(binding.FieldIndex));
            il.Emit(OpCodes.Brtrue, next);
            EmitBinding(code, shape, binding);
            il.MarkLabel(next);
        }
        Pool.StartClass();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4_1);
        il.Emit(OpCodes.Volatile);
        il.Emit(OpCodes.Stfld, isBound);
        il.MarkLabel(end);
        il.Emit(OpCodes.Ret);
        bind.Seal();
    }

    private static bool ContainsPacked(HlObjectTypeDef type, HlObjectTypeDef what, int depth)
    {
        if (type == what || depth > 64)
            return true;
        for (HlObjectTypeDef? t = type; t is not null; t = t.Super)
            foreach (HlFieldDef field in t.Fields)
                if (field.Type is HlWrapperTypeDef { Kind: HlTypeKind.Packed, Inner: HlObjectTypeDef inner } && ContainsPacked(inner, what, depth + 1))
                    return true;
        return false;
    }

    private void EmitBinding(CodeEmitter code, ClassShape shape, HlBindingDef binding)
    {
        HlTypeDef fieldType = shape.Type.GetField(binding.FieldIndex).Type;
        HlFunctionTypeDef signature = Module.GetSignature(binding.FunctionIndex);
        code.IL.Emit(OpCodes.Ldarg_0);
        if (fieldType is HlFunctionTypeDef field)
        {
            if (field.Parameters.Length != signature.Parameters.Length)
            {
                // A dynamic method: a closure over the object.
                if (signature.Parameters.Length != field.Parameters.Length + 1 || signature.Parameters[0].Kind == HlTypeKind.Ref)
                    throw RefuseBinding(shape, binding);
                code.IL.Emit(OpCodes.Ldarg_0);
                code.Coerce(shape.Type, Argument(signature.Parameters[0]));
                DelegateShape bound = code.NewClosure(binding.FunctionIndex, isBound: true);
                if (bound.Key != Types.Delegate(field, 0).Key)
                    throw RefuseBinding(shape, binding);
            }
            else
            {
                code.IL.Emit(OpCodes.Ldsfld, StaticClosure(binding.FunctionIndex, "binding"));
                code.Coerce(signature, field);
            }
        }
        else
        {
            // A class's constructor function: it is called with the new object as its first argument.
            code.IL.Emit(OpCodes.Ldsfld, StaticClosure(binding.FunctionIndex, "binding"));
        }
        code.IL.Emit(OpCodes.Stfld, shape.Field(binding.FieldIndex));
    }

    private HlBytecodeException RefuseBinding(ClassShape shape, HlBindingDef binding) =>
        Refuse($"{shape.Type.Name}.{shape.Type.GetField(binding.FieldIndex).Name} is bound to function {binding.FunctionIndex} of another signature");
}
