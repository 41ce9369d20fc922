using System.Reflection;
using HlDynamic.Compilation.Emit;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using OpCode = System.Reflection.Emit.OpCode;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Emits what all generated methods need: constants, boxing, and conversion between the representations of types.
/// Every conversion is safe: where the static types do not prove that a value fits, it is checked.
/// </summary>
internal class CodeEmitter(ModuleEmitter module, CodeWriter il)
{
    protected ModuleEmitter Module { get; } = module;

    public ModuleTypes Types { get; } = module.Types;

    public CodeWriter IL { get; } = il;

    /// <summary>Loads the VM's context.</summary>
    public void LoadContext() => IL.Emit(OpCodes.Ldsfld, Module.ContextField);

    /// <summary>Loads the runtime object of a type.</summary>
    public void LoadType(HlTypeDef type)
    {
        IL.Emit(OpCodes.Ldsfld, Module.TypesField);
        LoadInt(type.Index);
        IL.Emit(OpCodes.Ldelem_Ref);
    }

    public void LoadInt(int value)
    {
        switch (value)
        {
            case >= -1 and <= 8:
                IL.Emit(SmallInts[value + 1]);
                break;
            case >= sbyte.MinValue and <= sbyte.MaxValue:
                IL.Emit(OpCodes.Ldc_I4_S, (sbyte)value);
                break;
            default:
                IL.Emit(OpCodes.Ldc_I4, value);
                break;
        }
    }

    private static readonly OpCode[] SmallInts =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3,
        OpCodes.Ldc_I4_4, OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];

    public void LoadArgument(int index)
    {
        switch (index)
        {
            case 0: IL.Emit(OpCodes.Ldarg_0); break;
            case 1: IL.Emit(OpCodes.Ldarg_1); break;
            case 2: IL.Emit(OpCodes.Ldarg_2); break;
            case 3: IL.Emit(OpCodes.Ldarg_3); break;
            case <= byte.MaxValue: IL.Emit(OpCodes.Ldarg_S, (byte)index); break;
            default: IL.Emit(OpCodes.Ldarg, (short)index); break;
        }
    }

    /// <summary>Emits the check that there is stack left.</summary>
    public void EmitStackGuard()
    {
        Local here = IL.DeclareLocal(typeof(int));
        Label enough = new();
        IL.LoadLocalAddress(here);
        IL.Emit(OpCodes.Conv_U);
        LoadInt(HlStackGuard.BlockBits);
        IL.Emit(OpCodes.Shr_Un);
        IL.Emit(OpCodes.Ldsfld, RuntimeMembers.GoodBlock);
        IL.Emit(OpCodes.Beq, enough);
        IL.LoadLocalAddress(here);
        IL.Emit(OpCodes.Conv_U);
        IL.Emit(OpCodes.Call, RuntimeMembers.CheckStack);
        IL.MarkLabel(enough);
    }

    /// <summary>Loads null or zero.</summary>
    public void LoadDefault(HlTypeDef type)
    {
        switch (type.Kind)
        {
            case HlTypeKind.Void:
                break;
            case HlTypeKind.UI8 or HlTypeKind.UI16 or HlTypeKind.I32 or HlTypeKind.Bool:
                IL.Emit(OpCodes.Ldc_I4_0);
                break;
            case HlTypeKind.I64 or HlTypeKind.Guid:
                IL.Emit(OpCodes.Ldc_I8, 0L);
                break;
            case HlTypeKind.F32:
                IL.Emit(OpCodes.Ldc_R4, 0f);
                break;
            case HlTypeKind.F64:
                IL.Emit(OpCodes.Ldc_R8, 0d);
                break;
            case HlTypeKind.Bytes:
                IL.Emit(OpCodes.Ldnull);
                IL.Emit(OpCodes.Ldc_I4_0);
                IL.Emit(OpCodes.Newobj, typeof(HlBytes).GetConstructor([typeof(byte[]), typeof(int)])!);
                break;
            case HlTypeKind.Ref:
                IL.Emit(OpCodes.Ldc_I4_0);
                IL.Emit(OpCodes.Conv_U);
                break;
            default:
                IL.Emit(OpCodes.Ldnull);
                break;
        }
    }

    /// <summary>Boxes the value on the stack as <c>Dynamic</c>.</summary>
    public void Box(HlTypeDef type)
    {
        if (type.Kind == HlTypeKind.Void)
            IL.Emit(OpCodes.Ldnull);
        else if (RuntimeMembers.Suffix(type.Kind) is not null || type.Kind == HlTypeKind.Bytes)
            IL.Emit(OpCodes.Call, RuntimeMembers.Box(type.Kind));
        else if (type.Kind == HlTypeKind.Ref)
            ThrowCannotCast(type, Module.DynType);
    }

    /// <summary>Whether values of the type are held as <see cref="object"/>.</summary>
    public static bool IsObject(HlTypeDef type) => type.Kind is HlTypeKind.Dyn or HlTypeKind.Null or HlTypeKind.Abstract;

    public static bool IsNumber(HlTypeDef type) => type.Kind is >= HlTypeKind.UI8 and <= HlTypeKind.Bool or HlTypeKind.Guid;

    /// <summary>
    /// Makes the value on the stack, of type <paramref name="from"/>, fit where a value of type <paramref name="to"/>
    /// is expected: what HashLink does by copying the register.
    /// </summary>
    public void Coerce(HlTypeDef from, HlTypeDef to)
    {
        if (ReferenceEquals(from, to))
            return;
        if (to.Kind == HlTypeKind.Void)
        {
            if (from.Kind != HlTypeKind.Void)
                IL.Emit(OpCodes.Pop);
            return;
        }
        if (from.Kind == HlTypeKind.Void)
        {
            LoadDefault(to);
            return;
        }
        if (Types.Key(from) == Types.Key(to))
            return;
        if (IsObject(to))
        {
            Box(from);
            return;
        }
        if (IsNumber(to) && IsNumber(from))
        {
            ConvertNumber(from.Kind, to.Kind);
            return;
        }
        if (from is HlObjectTypeDef own && to is HlObjectTypeDef other && Derives(own, other))
            return;
        SafeCast(from, to);
    }

    /// <summary>Converts the value on the stack the way a checked cast does.</summary>
    public void SafeCast(HlTypeDef from, HlTypeDef to)
    {
        if (to.Kind == HlTypeKind.Void || from.Kind == HlTypeKind.Void || Types.Key(from) == Types.Key(to) && to.Kind != HlTypeKind.Null)
        {
            Coerce(from, to);
            return;
        }
        if (IsNumber(from) && IsNumber(to))
        {
            ConvertNumber(from.Kind, to.Kind);
            return;
        }
        switch (to.Kind)
        {
            case HlTypeKind.Dyn:
                Box(from);
                break;
            case HlTypeKind.Null:
                Box(from);
                if (from is not HlWrapperTypeDef && from.Kind == ((HlWrapperTypeDef)to).Inner.Kind)
                    break;
                LoadType(to);
                IL.Emit(OpCodes.Call, RuntimeMembers.ToNull);
                break;
            case HlTypeKind.Bytes:
                Box(from);
                IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlCast), nameof(HlCast.ToBytes)));
                break;
            case HlTypeKind.Virtual:
                ToVirtual(from, (HlVirtualTypeDef)to);
                break;
            case HlTypeKind.Fun or HlTypeKind.Method:
                ToFunction(from, (HlFunctionTypeDef)to);
                break;
            case HlTypeKind.Ref when from.Kind == HlTypeKind.Ref:
                ThrowCannotCast(from, to);
                break;
            case HlTypeKind.Ref:
                NewReference(from, (HlWrapperTypeDef)to);
                break;
            default:
                Box(from);
                if (RuntimeMembers.Suffix(to.Kind) is { } suffix)
                {
                    IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlCast), "To" + suffix));
                    break;
                }
                LoadType(to);
                IL.Emit(OpCodes.Call, RuntimeMembers.ToObject);
                if (!IsObject(to))
                    IL.Emit(OpCodes.Castclass, Types.Of(to));
                break;
        }
    }

    // No value stands for a reference, so whatever needs one fails when it runs.
    private void ThrowCannotCast(HlTypeDef from, HlTypeDef to)
    {
        IL.Emit(OpCodes.Pop);
        IL.Emit(OpCodes.Ldstr, from.ToString());
        IL.Emit(OpCodes.Ldstr, to.ToString());
        IL.Emit(OpCodes.Call, RuntimeMembers.CannotCast);
        IL.Emit(OpCodes.Throw);
        // What follows is not reached, but a value is expected here.
        LoadDefault(to);
    }

    // A reference made of a value refers to a place of its own. One made of null is null, which asks for a parameter's
    // default (HashLink std/cast.c: hl_dyn_castp).
    private void NewReference(HlTypeDef from, HlWrapperTypeDef to)
    {
        HlTypeDef inner = to.Inner;
        bool canBeNull = !Types.Of(from).IsValueType;
        Local reference = IL.DeclareLocal(Types.Of(to));
        Label done = new Label();
        if (canBeNull)
        {
            Local source = IL.DeclareLocal(Types.Of(from));
            IL.StoreLocal(source);
            LoadDefault(to);
            IL.StoreLocal(reference);
            IL.LoadLocal(source);
            IL.Emit(OpCodes.Brfalse, done);
            IL.LoadLocal(source);
        }
        SafeCast(from, inner);
        Local value = IL.DeclareLocal(Types.Of(inner));
        IL.StoreLocal(value);
        LoadInt(1);
        IL.Emit(OpCodes.Newarr, Types.Of(inner));
        IL.Emit(OpCodes.Dup);
        LoadInt(0);
        IL.LoadLocal(value);
        IL.Emit(OpCodes.Stelem, Types.Of(inner));
        LoadInt(0);
        IL.Emit(OpCodes.Ldelema, Types.Of(inner));
        IL.StoreLocal(reference);
        IL.MarkLabel(done);
        IL.LoadLocal(reference);
    }

    /// <summary>Converts the object on the stack, boxed as <c>Dynamic</c>, to a type.</summary>
    public void Unbox(HlTypeDef dyn, HlTypeDef to) => SafeCast(dyn, to);

    private void ToVirtual(HlTypeDef from, HlVirtualTypeDef to)
    {
        if (Module.Structures.FindView(from, to) is { } view)
        {
            // null stays null; anything else gets a view, made once for objects that have a place to keep it.
            IL.Emit(OpCodes.Call, view);
            return;
        }
        if (from is HlVirtualTypeDef structure)
        {
            IL.Emit(OpCodes.Call, Module.Structures.Recast(structure, to));
            return;
        }
        Box(from);
        LoadType(to);
        IL.Emit(OpCodes.Call, RuntimeMembers.ToVirtual);
        IL.Emit(OpCodes.Castclass, Types.Of(to));
    }

    private void ToFunction(HlTypeDef from, HlFunctionTypeDef to)
    {
        DelegateShape target = Types.Delegate(to, 0);
        if (from is HlFunctionTypeDef source)
        {
            if (Module.Wrappers.Fits(source, to))
                return;
            IL.Emit(OpCodes.Call, Module.Wrappers.Get(source, to));
            return;
        }
        Box(from);
        IL.Emit(OpCodes.Ldtoken, target.Type);
        IL.Emit(OpCodes.Call, RuntimeMembers.GetTypeFromHandle);
        LoadContext();
        IL.Emit(OpCodes.Call, RuntimeMembers.ToFunction);
        IL.Emit(OpCodes.Castclass, target.Type);
    }

    /// <summary>Converts numbers as C does on x86, which is what HashLink's are.</summary>
    public void ConvertNumber(HlTypeKind from, HlTypeKind to)
    {
        bool isFloat = from is HlTypeKind.F32 or HlTypeKind.F64;
        switch (to)
        {
            case HlTypeKind.F32:
                IL.Emit(OpCodes.Conv_R4);
                break;
            case HlTypeKind.F64:
                IL.Emit(OpCodes.Conv_R8);
                break;
            case HlTypeKind.I64 or HlTypeKind.Guid:
                if (isFloat)
                    IL.Emit(OpCodes.Call, ToInteger(nameof(HlMath.ToInt64), from));
                else if (from is not (HlTypeKind.I64 or HlTypeKind.Guid))
                    IL.Emit(from == HlTypeKind.I32 ? OpCodes.Conv_I8 : OpCodes.Conv_U8);
                break;
            default:
                if (isFloat)
                    IL.Emit(OpCodes.Call, ToInteger(nameof(HlMath.ToInt32), from));
                else if (from is HlTypeKind.I64 or HlTypeKind.Guid)
                    IL.Emit(OpCodes.Conv_I4);
                Narrow(to);
                break;
        }
    }

    /// <summary>Cuts the integer on the stack to the size of a small kind.</summary>
    public void Narrow(HlTypeKind kind)
    {
        switch (kind)
        {
            case HlTypeKind.UI8:
                IL.Emit(OpCodes.Conv_U1);
                break;
            case HlTypeKind.UI16:
                IL.Emit(OpCodes.Conv_U2);
                break;
            case HlTypeKind.Bool:
                IL.Emit(OpCodes.Ldc_I4_0);
                IL.Emit(OpCodes.Cgt_Un);
                break;
        }
    }

    private static MethodInfo ToInteger(string name, HlTypeKind from) =>
        typeof(HlMath).GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [from == HlTypeKind.F32 ? typeof(float) : typeof(double)])!;

    /// <summary>Whether a class is, or derives from, another.</summary>
    public static bool Derives(HlObjectTypeDef type, HlObjectTypeDef from)
    {
        for (HlObjectTypeDef? t = type; t is not null; t = t.Super)
            if (ReferenceEquals(t, from))
                return true;
        return false;
    }

    /// <summary>Makes a closure of the function: of its own, or over the value on the stack (of the function's first parameter's type).</summary>
    public DelegateShape NewClosure(int function, bool isBound)
    {
        HlFunctionTypeDef signature = Module.Module.GetSignature(function);
        DelegateShape shape = Types.Delegate(signature, isBound ? 1 : 0);
        ClrMethod method = isBound ? Module.BoundTarget(function) : Module.StaticTarget(function);
        if (isBound)
        {
            // The CLR holds the environment as an object.
            if (Module.IsBoxedEnvironment(function))
                Box(signature.Parameters[0]);
            // It refuses to close a method over null; compiled, the check is one instruction.
            else if (method is MethodDefinition { IsStatic: false })
                CheckNull();
        }
        else
        {
            IL.Emit(OpCodes.Ldnull);
        }
        IL.Emit(OpCodes.Ldftn, method);
        IL.Emit(OpCodes.Newobj, shape.Constructor);
        return shape;
    }

    /// <summary>Makes the reference on the stack, which stays there, a null access if it is null.</summary>
    private void CheckNull()
    {
        IL.Emit(OpCodes.Dup);
        IL.Emit(OpCodes.Callvirt, RuntimeMembers.GetClrType);
        IL.Emit(OpCodes.Pop);
    }

    /// <summary>Reads the field of the site and the target on the stack, as a value of a type that is no basic number.</summary>
    public void EmitGetAs(HlTypeDef type)
    {
        LoadType(type);
        IL.Emit(OpCodes.Call, RuntimeMembers.SiteGet);
        if (IsObject(type))
            return;
        if (RuntimeMembers.Suffix(type.Kind) is { } suffix)
            IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlCast), "To" + suffix));
        else if (type.Kind == HlTypeKind.Bytes)
            IL.Emit(OpCodes.Call, RuntimeMembers.Named(typeof(HlCast), nameof(HlCast.ToBytes)));
        else
            IL.Emit(OpCodes.Castclass, Types.Of(type));
    }

    /// <summary>Converts the value on the stack to a CLR type that a method of the runtime expects.</summary>
    public void ToClr(HlTypeDef from, Type to)
    {
        if (to == typeof(object))
        {
            Box(from);
            return;
        }
        if (!to.IsValueType && !to.IsByRef)
        {
            if (!Types.Of(from).Is(to) && !(from is HlObjectTypeDef or HlVirtualTypeDef or HlEnumTypeDef && to == typeof(HlObject)))
                IL.Emit(OpCodes.Castclass, to);
        }
    }

    /// <summary>Converts the value on the stack, of a CLR type that a method of the runtime returned, to a type.</summary>
    public void FromClr(Type from, HlTypeDef to)
    {
        if (to.Kind == HlTypeKind.Void)
        {
            if (from != typeof(void))
                IL.Emit(OpCodes.Pop);
        }
        else if (from == typeof(void))
        {
            LoadDefault(to);
        }
        else if (!from.IsValueType && !IsObject(to) && !Types.Of(to).Is(from))
        {
            if (Types.Of(to).IsValueType)
                Unbox(Module.DynType, to);
            else
                IL.Emit(OpCodes.Castclass, Types.Of(to));
        }
    }
}
