using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

// Casts to objects, structures and functions (HashLink std/cast.c: hl_dyn_castp, std/obj.c: hl_to_virtual).
internal static partial class HlCast
{
    /// <summary>A value as <paramref name="to"/>, a class, struct, enum, array, type, abstract or the dynamic object type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static object? ToObject(object? value, HlType to) =>
        value is null || (to.Kind != HlTypeKind.Abstract && to.ClrType.IsInstanceOfType(value)) ? value : ToObjectSlow(value, to);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object ToObjectSlow(object value, HlType to)
    {
        switch (to.Kind)
        {
            case HlTypeKind.Abstract when IsOpaque(value):
                return value;
            case HlTypeKind.Obj when value is HlVirtual { Target: { } target }:
                return ToObject(target, to)!;
            case HlTypeKind.Obj or HlTypeKind.Struct:
                if (value is HlObject obj && obj.Type is { } type && type.Kind == to.Kind && type.SpecialMethods.Cast is { } cast
                    && cast.Invoke(obj, to) is { } result && to.ClrType.IsInstanceOfType(result))
                    return result;
                if (value is string text && typeof(HlString).IsAssignableFrom(to.ClrType))
                    return HlString.Create(to, text);
                break;
        }
        throw Invalid(value, to.ToString());
    }

    // What natives hold behind an abstract type has no type of its own to tell.
    private static bool IsOpaque(object value) =>
        value is not (int or double or bool or byte or ushort or float or HlBytes or HlObject or HlArray or HlType);

    /// <summary>A value as <paramref name="to"/>, a structure: itself, or a view of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static HlVirtual? ToVirtual(object? value, HlType to) =>
        value is null || to.ClrType.IsInstanceOfType(value) ? Unsafe.As<HlVirtual?>(value) : ToVirtualSlow(value, to);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static HlVirtual ToVirtualSlow(object value, HlType to)
    {
        switch (value)
        {
            case HlVirtual { Target: { } target }:
                return ToVirtual(target, to)!;
            case HlVirtual structure:
                // HashLink hands out the same pointer for a prefix of the fields, so the structure keeps them.
                return HlType.SafeCast(structure.Type, to) ? View(structure, to) : ToVirtual(structure.MakeDynamic(), to)!;
            case HlDynObj obj:
                return ViewOf(obj, to);
            case HlObject { Type.Kind: HlTypeKind.Obj } obj:
                if (obj.Type.FindSlot(to) is not { } slot)
                    return View(obj, to);
                if (slot.Accessor.Get(obj) is HlVirtual view)
                    return view;
                view = View(obj, to);
                slot.Accessor.SetUnchecked(obj, view);
                return view;
            default:
                return HlHost.IsObject(value) ? View(value, to) : throw Invalid(value, to.ToString());
        }
    }

    private static HlVirtual View(object target, HlType to)
    {
        var view = (HlVirtual)to.Allocate();
        view.Target = target;
        return view;
    }

    private static HlVirtual ViewOf(HlDynObj obj, HlType to)
    {
        if (obj.Views is { } views)
        {
            foreach (HlVirtual existing in views)
                if (ReferenceEquals(existing.Type, to))
                    return existing;
            HlVirtual further = View(obj, to);
            views.Insert(0, further);
            return further;
        }
        HlVirtual view = View(obj, to);
        obj.Views = [view];
        // The first view gives fields the types that it expects, where that loses nothing.
        foreach (HlField field in to.Fields)
        {
            ref HlDynObj.Entry entry = ref obj.Find(field.Hash);
            if (!Unsafe.IsNullRef(ref entry) && !HlType.Same(entry.Type, field.FieldType) && ShouldRecast(entry.Type, field.FieldType))
                obj.Set(field.Hash, field.FieldType, ToType(entry.Value, field.FieldType));
        }
        return view;
    }

    /// <summary>Whether a view changes the type of a dynamic object's field (HashLink std/obj.c: <c>should_recast</c>).</summary>
    private static bool ShouldRecast(HlType type, HlType to) => to.Kind switch
    {
        HlTypeKind.F64 => type.Kind == HlTypeKind.I32,
        HlTypeKind.Null => to.Inner!.Kind == type.Kind || (to.Inner.Kind == HlTypeKind.F64 && type.Kind == HlTypeKind.I32),
        HlTypeKind.Virtual => type.Kind == HlTypeKind.DynObj,
        HlTypeKind.Obj => type.Kind == HlTypeKind.Obj && to.SpecialMethods.Cast is not null,
        _ => false,
    };

    /// <summary>A value as a function of a delegate type: itself, or a function that converts (HashLink std/fun.c: <c>hl_make_fun_wrapper</c>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Delegate? ToFunction(object? value, Type delegateType, HlContext? context) =>
        value is null || delegateType.IsInstanceOfType(value) ? Unsafe.As<Delegate?>(value) : ToFunctionSlow(value, delegateType, context);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Delegate ToFunctionSlow(object value, Type delegateType, HlContext? context) =>
        (value is Delegate function ? HlClosures.Wrap(context, function, delegateType) : null) ?? throw Invalid(value, HlTypes.NameOf(delegateType));
}
