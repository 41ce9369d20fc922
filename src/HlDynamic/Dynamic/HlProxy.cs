using System.ComponentModel;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>
/// The base of the classes that implement C# interfaces by Haxe objects. Equality, hash code and text are the object's;
/// where Haxe code gets one, it gets the object.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class HlProxy : IHlValue
{
    internal HlProxy(HlObject target) => Target = target;

    /// <summary>The Haxe object.</summary>
    public HlObject Target { get; }

    object? IHlValue.HaxeValue => Target;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Target.Equals(obj is HlProxy other ? other.Target : obj);

    /// <inheritdoc/>
    public override int GetHashCode() => Target.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Target.ToString();
}
