using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// Dynamic access to the fields of any value by the number of their name: what Haxe's <c>Reflect</c> stands on.
/// <see cref="HlSite"/> does the same for an instruction, with a cache.
/// </summary>
internal static class HlFields
{
    /// <summary>The value of a field, boxed as <c>Dynamic</c>; null if there is none (HashLink std/obj.c: <c>hl_obj_get_field</c>).</summary>
    public static object? Get(HlContext context, object? target, int hash)
    {
        if (target is HlDynObj dynamic)
            return dynamic.Get(hash);
        target = HlVirtual.Unwrap(target);
        return HasFields(target) ? GetMember(context, target!, FindMember(target!, hash), hash) : null;
    }

    /// <summary>Sets a field, which a dynamic object takes with the value's own type (HashLink std/obj.c: <c>hl_obj_set_field</c>).</summary>
    /// <exception cref="HaxeException">There is no such field, or it cannot hold the value.</exception>
    public static void Set(HlContext context, object? target, int hash, object? value)
    {
        HlType type = value is null ? context.Basic(HlTypeKind.Dyn) : context.TypeOf(value);
        if (target is HlDynObj dynamic)
        {
            dynamic.Set(hash, type, value);
            return;
        }
        target = HlVirtual.Unwrap(target) ?? throw HaxeError.NullAccess();
        SetMember(context, target, FindMember(target, hash), hash, value, type);
    }

    /// <summary>Whether there is a field, methods not counted (HashLink std/obj.c: <c>hl_obj_has_field</c>).</summary>
    public static bool Has(HlContext context, object? target, int hash)
    {
        target = HlVirtual.Unwrap(target);
        return target switch
        {
            null => false,
            HlDynObj obj => obj.Has(hash),
            HlObject => FindMember(target, hash) is HlField,
            _ => HlHost.IsObject(target) && HlHost.Has(target, NameOf(context, hash)),
        };
    }

    /// <summary>Removes a field of a dynamic object or structure; false if there is none (HashLink std/obj.c: <c>hl_obj_delete_field</c>).</summary>
    public static bool Delete(object? target, int hash) => HlVirtual.Unwrap(target) switch
    {
        HlDynObj obj => obj.Remove(hash),
        HlVirtual structure => FindMember(structure, hash) is HlField && structure.MakeDynamic().Remove(hash),
        _ => false,
    };

    /// <summary>
    /// The names of the fields: in a dynamic object in the order in which they were added, in a class its own before
    /// those of its base (HashLink std/obj.c: <c>hl_obj_fields</c>). Null for values that have no fields.
    /// </summary>
    public static string[]? Names(HlContext context, object? target)
    {
        target = HlVirtual.Unwrap(target);
        switch (target)
        {
            case null or HlEnum:
                return null;
            case HlDynObj obj:
                var names = new string[obj.Entries.Length];
                for (int i = 0; i < names.Length; i++)
                    names[i] = NameOf(context, obj.Entries[i].Hash);
                return names;
            case HlObject obj:
                var list = new List<string>();
                for (HlType? type = obj.Type; type is not null; type = type.Super)
                    foreach (HlField field in type.Fields)
                        if (field.Name.Length > 0)
                            list.Add(field.Name);
                return [.. list];
            default:
                return HlHost.IsObject(target) ? HlHost.Names(target) : null;
        }
    }

    /// <summary>The names of a dynamic object's fields as strings, which are shared; null for other values.</summary>
    public static HlArray? NamesOf(object? target, HlContext context, HlTexts texts)
    {
        if (HlVirtual.Unwrap(target) is not HlDynObj obj)
            return null;
        ReadOnlySpan<HlDynObj.Entry> entries = obj.Entries;
        var names = new object[entries.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = context.NameString(entries[i].Hash, texts);
        return new HlArray<object>(context.Basic(HlTypeKind.Dyn), names);
    }

    /// <summary>A new dynamic object or structure with the same fields; null for every other value (HashLink std/obj.c: <c>hl_obj_copy</c>).</summary>
    public static object? Copy(object? target) => HlVirtual.Unwrap(target) switch
    {
        HlDynObj obj => obj.Copy(),
        HlVirtual structure => structure.Clone(),
        _ => null,
    };

    /// <summary>The field or method of a value that is no view; null for dynamic objects and where there is none.</summary>
    public static HlMember? FindMember(object target, int hash) => (target as HlObject)?.Type.FindMember(hash);

    /// <summary>
    /// Reads a member, which <see cref="FindMember"/> found or not, of a value that is no view; a method becomes a
    /// closure (HashLink std/obj.c: <c>hl_dyn_getp</c>).
    /// </summary>
    public static object? GetMember(HlContext context, object target, HlMember? member, int hash)
    {
        switch (member)
        {
            case HlField field:
                return field.Accessor.Get(target);
            case HlMethod method:
                return method.Bind(target);
        }
        switch (target)
        {
            case HlDynObj obj:
                return obj.Get(hash);
            case HlObject { Type: { Kind: not HlTypeKind.Enum } type }:
                return type.SpecialMethods.GetField?.Invoke(target, HlBox.Int(hash));
            default:
                return HlHost.IsObject(target) ? HlHost.Get(context, target, NameOf(context, hash)) : throw NoFields();
        }
    }

    /// <summary>
    /// Writes a member, which <see cref="FindMember"/> found or not, of a value that is no view. A field of a dynamic
    /// object takes <paramref name="type"/>, the value's static type (HashLink std/obj.c: <c>hl_obj_lookup_set</c>).
    /// </summary>
    public static void SetMember(HlContext context, object target, HlMember? member, int hash, object? value, HlType type)
    {
        switch (target)
        {
            case HlDynObj obj:
                obj.Set(hash, type, value);
                break;
            case HlVirtual structure:
                if (member is HlField own && HlType.SafeCast(type, own.FieldType))
                    own.Accessor.Set(target, value);
                else
                    structure.MakeDynamic().Set(hash, type, value);
                break;
            case HlObject { Type: { Kind: not HlTypeKind.Enum } objectType }:
                if (member is not HlField field)
                    throw HaxeError.Text($"{objectType.Name} does not have field {NameOf(context, hash)}");
                field.Accessor.Set(target, value);
                break;
            default:
                if (!HlHost.IsObject(target))
                    throw NoFields();
                HlHost.Set(target, NameOf(context, hash), value);
                break;
        }
    }

    public static HaxeException NoFields() => HaxeError.Text("Invalid field access");

    /// <summary>A field's name; HashLink writes a number nobody gave a name as <c>???</c>.</summary>
    public static string NameOf(HlContext context, int hash) => context.FindName(hash) ?? "???";

    private static bool HasFields(object? target) =>
        target is HlObject obj ? obj is not HlEnum : target is not null && HlHost.IsObject(target);
}
