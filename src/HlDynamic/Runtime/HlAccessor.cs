using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Reads and writes one field of any object of its class; values are converted as casts do. It works by reflection at
/// first and is compiled once it has been used some times: compiling costs 40 µs, and brings an access from 25 ns to
/// 3 ns, without a box.
/// </summary>
internal abstract class HlAccessor
{
    private protected const int UsesBeforeCompiling = 16;

    /// <summary>The accessor of a field.</summary>
    public static HlAccessor Create(HlField field)
    {
        Type type = field.ValueType;
        if (type == typeof(int)) return new HlAccessor<int>(field);
        if (type == typeof(double)) return new HlAccessor<double>(field);
        if (type == typeof(bool)) return new HlAccessor<bool>(field);
        if (type == typeof(float)) return new HlAccessor<float>(field);
        if (type == typeof(long)) return new HlAccessor<long>(field);
        if (type == typeof(byte)) return new HlAccessor<byte>(field);
        if (type == typeof(ushort)) return new HlAccessor<ushort>(field);
        if (type == typeof(HlBytes)) return new HlAccessor<HlBytes>(field);
        return new HlAccessor<object>(field);
    }

    /// <summary>The value, boxed as <c>Dynamic</c>.</summary>
    public abstract object? Get(object target);

    public abstract int GetI32(object target);

    public abstract double GetF64(object target);

    public abstract float GetF32(object target);

    public abstract long GetI64(object target);

    public abstract bool GetBool(object target);

    public abstract HlBytes GetBytes(object target);

    /// <summary>Sets the field to a value that is cast to its type.</summary>
    public abstract void Set(object target, object? value);

    public abstract void SetI32(object target, int value);

    public abstract void SetF64(object target, double value);

    public abstract void SetF32(object target, float value);

    public abstract void SetI64(object target, long value);

    public abstract void SetBool(object target, bool value);

    public abstract void SetBytes(object target, HlBytes value);

    /// <summary>Sets a field that holds objects to one that is of its representation already.</summary>
    public abstract void SetUnchecked(object target, object? value);
}

/// <summary>The accessor of fields of one representation; objects of every kind are <see cref="object"/>.</summary>
internal sealed class HlAccessor<T>(HlField field) : HlAccessor
{
    private Reference? reference;
    private int uses;

    private delegate ref T Reference(object target);

    private static MethodInfo BindMethod => typeof(HlObject).GetMethod(nameof(HlObject.Bind), BindingFlags.Instance | BindingFlags.NonPublic)!;

    public override object? Get(object target)
    {
        T value = Read(target);
        if (typeof(T) == typeof(int)) return HlBox.Int((int)(object)value!);
        if (typeof(T) == typeof(bool)) return HlBox.Bool((bool)(object)value!);
        if (typeof(T) == typeof(HlBytes)) return HlBox.Bytes((HlBytes)(object)value!);
        return value;
    }

    public override int GetI32(object target)
    {
        T value = Read(target);
        if (typeof(T) == typeof(int)) return (int)(object)value!;
        if (typeof(T) == typeof(double)) return HlMath.ToInt32((double)(object)value!);
        return HlCast.ToI32(value);
    }

    public override double GetF64(object target)
    {
        T value = Read(target);
        if (typeof(T) == typeof(double)) return (double)(object)value!;
        if (typeof(T) == typeof(int)) return (int)(object)value!;
        return HlCast.ToF64(value);
    }

    public override float GetF32(object target) => HlCast.ToF32(Read(target));

    public override long GetI64(object target) => HlCast.ToI64(Read(target));

    public override bool GetBool(object target) => HlCast.ToBool(Read(target));

    public override HlBytes GetBytes(object target)
    {
        T value = Read(target);
        return typeof(T) == typeof(HlBytes) ? (HlBytes)(object)value! : HlCast.ToBytes(value);
    }

    public override void Set(object target, object? value)
    {
        if (typeof(T) == typeof(int)) Write(target, (T)(object)HlCast.ToI32(value));
        else if (typeof(T) == typeof(double)) Write(target, (T)(object)HlCast.ToF64(value));
        else if (typeof(T) == typeof(bool)) Write(target, (T)(object)HlCast.ToBool(value));
        else if (typeof(T) == typeof(float)) Write(target, (T)(object)HlCast.ToF32(value));
        else if (typeof(T) == typeof(long)) Write(target, (T)(object)HlCast.ToI64(value));
        else if (typeof(T) == typeof(byte)) Write(target, (T)(object)HlCast.ToUI8(value));
        else if (typeof(T) == typeof(ushort)) Write(target, (T)(object)HlCast.ToUI16(value));
        else if (typeof(T) == typeof(HlBytes)) Write(target, (T)(object)HlCast.ToBytes(value));
        else Write(target, (T)(field.FieldType.Kind == HlTypeKind.Dyn ? value : HlCast.ToType(value, field.FieldType))!);
    }

    public override void SetI32(object target, int value)
    {
        if (typeof(T) == typeof(int)) Write(target, (T)(object)value);
        else if (typeof(T) == typeof(double)) Write(target, (T)(object)(double)value);
        else Set(target, HlBox.Int(value));
    }

    public override void SetF64(object target, double value)
    {
        if (typeof(T) == typeof(double)) Write(target, (T)(object)value);
        else Set(target, value);
    }

    public override void SetF32(object target, float value)
    {
        if (typeof(T) == typeof(float)) Write(target, (T)(object)value);
        else Set(target, value);
    }

    public override void SetI64(object target, long value)
    {
        if (typeof(T) == typeof(long)) Write(target, (T)(object)value);
        else Set(target, value);
    }

    public override void SetBool(object target, bool value)
    {
        if (typeof(T) == typeof(bool)) Write(target, (T)(object)value);
        else Set(target, HlBox.Bool(value));
    }

    public override void SetBytes(object target, HlBytes value)
    {
        if (typeof(T) == typeof(HlBytes)) Write(target, (T)(object)value);
        else Set(target, HlBox.Bytes(value));
    }

    public override void SetUnchecked(object target, object? value) => Write(target, (T)value!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Read(object target) => reference is { } r ? r(target) : IsHot(target) ? reference!(target) : (T)field.Read(target)!;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(object target, T value)
    {
        if (reference is { } r)
            r(target) = value;
        else if (IsHot(target))
            reference!(target) = value;
        else
            field.Write(target, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsHot(object target)
    {
        if (field.IsLate)
            ((HlObject)target).Bind();
        if (field.Place is PropertyInfo || ++uses <= UsesBeforeCompiling)
            return false;
        reference ??= Compile();
        return true;
    }

    // A reference to the field serves reading and writing; only what was cast to the field's type is written.
    private Reference Compile()
    {
        var method = new DynamicMethod("field$" + field.Name, typeof(T).MakeByRefType(), [typeof(object)], typeof(HlAccessor).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Castclass, field.Info.DeclaringType!);
        if (field.IsLate)
        {
            il.Emit(OpCodes.Dup);
            il.Emit(OpCodes.Callvirt, BindMethod);
        }
        il.Emit(OpCodes.Ldflda, field.Info);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Reference>();
    }
}
