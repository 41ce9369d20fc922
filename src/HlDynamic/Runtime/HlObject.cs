using System.ComponentModel;

namespace HlDynamic.Runtime;

/// <summary>
/// What every Haxe object is: an instance of a class (the classes compiled from bytecode derive from this), an
/// anonymous structure, a dynamic object, an enum value. The object a .NET program holds is the object that Haxe
/// code holds.
/// </summary>
public abstract partial class HlObject
{
    internal HlObject() { }

    /// <summary>The object's Haxe type.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract HlType RuntimeType { get; }

    /// <summary>The object's Haxe type.</summary>
    internal HlType Type => RuntimeType;

    /// <summary>Makes the closures that fields of the object start with, where the object was made without.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal virtual void Bind() { }

    /// <summary>The object as text, the way Haxe's <c>Std.string</c> writes it.</summary>
    public override string ToString() => HlText.Of(this);
}

/// <summary>
/// A structure: an object seen through a structural type. An anonymous structure holds its fields itself; a view
/// of another object (<see cref="Target"/>) passes every access on to it.
/// </summary>
public abstract class HlVirtual : HlObject
{
    /// <summary>The object that this is a view of; null if the structure holds its fields itself.</summary>
    internal object? Target;

    internal HlVirtual() { }

    /// <summary>What stands behind any number of views: an object, or a structure that holds its fields itself.</summary>
    internal static object? Unwrap(object? value)
    {
        while (value is HlVirtual { Target: { } target })
            value = target;
        return value;
    }

    /// <summary>
    /// Turns a structure that holds its fields itself into a view of a new dynamic object with the same fields, so
    /// that fields can be added, removed or given other types (HashLink std/obj.c: <c>hl_virtual_make_value</c>).
    /// </summary>
    internal HlDynObj MakeDynamic()
    {
        if (Target is not null)
            throw new InvalidOperationException("Only a structure that holds its fields itself can be made dynamic.");
        HlContext context = Type.Context;
        var result = new HlDynObj(context);
        // In HashLink's order, which is that of the hashes. This structure stays the object's view as its type.
        foreach (HlField field in Type.Fields.OrderBy(f => f.Hash))
            result.Set(field.Hash, field.FieldType, field.Get(this));
        result.Views = [this];
        Target = result;
        return result;
    }

    /// <summary>A structure with the same fields; this must hold its fields itself.</summary>
    internal HlVirtual Clone() => (HlVirtual)MemberwiseClone();
}
