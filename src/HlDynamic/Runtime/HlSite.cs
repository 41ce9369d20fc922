using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// One instruction that reads, writes or calls a member by name, with what it learned about the objects it met. A
/// field's value is converted as HashLink's dynamic access does (std/obj.c: <c>hl_dyn_geti</c>, <c>hl_dyn_seti</c>
/// and their kin).
/// </summary>
internal sealed class HlSite(HlContext context, string name)
{
    // A site that meets more classes than this asks their types each time.
    private const int MaxEntries = 4;

    private Entry? entries;
    private HlInvoker? invoker;
    private int hash;
    private int slot;

    /// <summary>What a class has under the name. Entries never change, so that sites need no lock.</summary>
    private sealed class Entry(Type type, HlMember? member, Entry? next)
    {
        public readonly Type Type = type;
        public readonly HlMember? Member = member;
        public readonly HlAccessor? Accessor = (member as HlField)?.Accessor;
        public readonly bool IsStructure = typeof(HlVirtual).IsAssignableFrom(type);
        public readonly Entry? Next = next;
        public readonly int Count = next is null ? 1 : next.Count + 1;
    }

    private int Hash => hash != 0 ? hash : hash = context.Hash(name);

    /// <summary>The value, boxed as <c>Dynamic</c>; null where there is no such field.</summary>
    /// <exception cref="HaxeException">The target is null or has no fields.</exception>
    public object? GetDyn(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.Get(target!) : GetOther(target!);

    /// <summary>The value as <paramref name="to"/>, boxed.</summary>
    public object? Get(object? target, HlType to) => HlCast.ToType(GetDyn(target), to);

    public int GetI32(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetI32(target!) : HlCast.ToI32(GetOther(target!));

    public double GetF64(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetF64(target!) : HlCast.ToF64(GetOther(target!));

    public float GetF32(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetF32(target!) : HlCast.ToF32(GetOther(target!));

    public long GetI64(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetI64(target!) : HlCast.ToI64(GetOther(target!));

    public bool GetBool(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetBool(target!) : HlCast.ToBool(GetOther(target!));

    public byte GetUI8(object? target) => HlCast.ToUI8(GetDyn(target));

    public ushort GetUI16(object? target) => HlCast.ToUI16(GetDyn(target));

    public HlBytes GetBytes(object? target) => Find(ref target) is { Accessor: { } accessor } ? accessor.GetBytes(target!) : HlCast.ToBytes(GetOther(target!));

    /// <summary>Sets the field to a value of the static type <paramref name="type"/>, boxed.</summary>
    /// <exception cref="HaxeException">The target is null or has no such field, or the field cannot hold the value.</exception>
    public void Set(object? target, object? value, HlType type)
    {
        if (FindForSet(ref target, type) is { } accessor)
            accessor.Set(target!, value);
        else
            SetOther(target!, value, type);
    }

    public void SetI32(object? target, int value)
    {
        if (FindForSet(ref target, HlTypeKind.I32) is { } accessor)
            accessor.SetI32(target!, value);
        else
            SetOther(target!, HlBox.Int(value), context.Basic(HlTypeKind.I32));
    }

    public void SetF64(object? target, double value)
    {
        if (FindForSet(ref target, HlTypeKind.F64) is { } accessor)
            accessor.SetF64(target!, value);
        else
            SetOther(target!, value, context.Basic(HlTypeKind.F64));
    }

    public void SetF32(object? target, float value)
    {
        if (FindForSet(ref target, HlTypeKind.F32) is { } accessor)
            accessor.SetF32(target!, value);
        else
            SetOther(target!, value, context.Basic(HlTypeKind.F32));
    }

    public void SetI64(object? target, long value)
    {
        if (FindForSet(ref target, HlTypeKind.I64) is { } accessor)
            accessor.SetI64(target!, value);
        else
            SetOther(target!, value, context.Basic(HlTypeKind.I64));
    }

    public void SetBool(object? target, bool value)
    {
        if (FindForSet(ref target, HlTypeKind.Bool) is { } accessor)
            accessor.SetBool(target!, value);
        else
            SetOther(target!, HlBox.Bool(value), context.Basic(HlTypeKind.Bool));
    }

    public void SetUI8(object? target, byte value) => Set(target, HlBox.UI8(value), context.Basic(HlTypeKind.UI8));

    public void SetUI16(object? target, ushort value) => Set(target, HlBox.UI16(value), context.Basic(HlTypeKind.UI16));

    public void SetBytes(object? target, HlBytes value)
    {
        if (FindForSet(ref target, HlTypeKind.Bytes) is { } accessor)
            accessor.SetBytes(target!, value);
        else
            SetOther(target!, HlBox.Bytes(value), context.Basic(HlTypeKind.Bytes));
    }

    /// <summary>Calls the method, or the function in the field, and makes the result dynamic (HashLink std/fun.c: <c>hl_dyn_call_obj</c>).</summary>
    /// <exception cref="HaxeException">The target is null or has no such method, or the arguments do not fit.</exception>
    public object? Call(object? target, params object?[] arguments)
    {
        Entry? entry = Find(ref target);
        switch (entry?.Member ?? (entry is null ? HlFields.FindMember(target!, Hash) : null))
        {
            case HlMethod method:
                return method.Invoke(target!, arguments);
            case HlField field:
                return CallValue(target!, field.Accessor.Get(target!), field.FieldType, arguments);
        }
        switch (target)
        {
            case HlDynObj obj:
                ref HlDynObj.Entry value = ref obj.Find(Hash, ref slot);
                return Unsafe.IsNullRef(ref value) ? throw NoMethod(obj) : CallValue(obj, value.Value, value.Type, arguments);
            case HlObject { Type.Kind: not HlTypeKind.Enum } obj:
                throw NoMethod(obj);
            default:
                return HlHost.IsObject(target) ? HlHost.Call(context, target!, name, arguments) : throw HlFields.NoFields();
        }
    }

    private object? CallValue(object target, object? value, HlType type, object?[] arguments)
    {
        if (value is Delegate function)
            return HlHost.FromHost(context, HlClosures.Call(function, arguments, ref invoker));
        if (value is null && type.Kind is HlTypeKind.Fun or HlTypeKind.Dyn)
            throw NoMethod(target);
        throw HaxeError.Text($"Field {name} is of type {(value is null ? type.ToString() : HlTypes.NameOf(value))} and cannot be called");
    }

    private HaxeException NoMethod(object target) => HaxeError.Text($"{HlTypes.NameOf(target)} has no method {name}");

    /// <summary>
    /// What the target has under the name, and in <paramref name="target"/> what stands behind its views. Null for
    /// dynamic objects and those of the host, which have no members of a type, and where the site met too much.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Entry? Find(ref object? target)
    {
        if (target is not null)
        {
            if (entries is { } first && target.GetType() == first.Type && !first.IsStructure)
                return first;
            if (target is HlDynObj)
                return null;
        }
        return FindOther(ref target);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Entry? FindOther(ref object? target)
    {
        target = HlVirtual.Unwrap(target ?? throw HaxeError.NullAccess(name))!;
        if (target is not HlObject || target is HlDynObj)
            return null;
        Type type = target.GetType();
        Entry? known = entries;
        for (Entry? entry = known; entry is not null; entry = entry.Next)
            if (entry.Type == type)
                return entry;
        return known is { Count: MaxEntries } ? null : entries = new Entry(type, HlFields.FindMember(target, Hash), known);
    }

    /// <summary>The accessor that sets the field in place; null where more is to be done.</summary>
    private HlAccessor? FindForSet(ref object? target, HlTypeKind kind)
    {
        Entry? entry = Find(ref target);
        return entry is null || (entry.IsStructure && entry.Member is HlField field && field.FieldType.Kind != kind) ? null : entry.Accessor;
    }

    private HlAccessor? FindForSet(ref object? target, HlType type)
    {
        Entry? entry = Find(ref target);
        return entry is null || (entry.IsStructure && entry.Member is HlField field && !HlType.SafeCast(type, field.FieldType)) ? null : entry.Accessor;
    }

    private object? GetOther(object target)
    {
        if (target is HlDynObj obj)
        {
            ref HlDynObj.Entry entry = ref obj.Find(Hash, ref slot);
            return Unsafe.IsNullRef(ref entry) ? null : entry.Value;
        }
        return HlFields.GetMember(context, target, HlFields.FindMember(target, Hash), Hash);
    }

    private void SetOther(object target, object? value, HlType type)
    {
        if (target is HlDynObj obj)
            obj.Set(Hash, type, value, ref slot);
        else
            HlFields.SetMember(context, target, HlFields.FindMember(target, Hash), Hash, value, type);
    }
}
