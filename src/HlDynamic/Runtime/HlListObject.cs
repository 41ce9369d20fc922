using System.Collections;

namespace HlDynamic.Runtime;

/// <summary>A Haxe <c>haxe.ds.List</c>: the module's class derives from this. For .NET programs it is a collection.</summary>
public abstract class HlListObject : HlObject, IReadOnlyCollection<object?>
{
    internal HlListObject() { }

    /// <summary>The number of elements.</summary>
    public int Count => this.Count<object?>();

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator()
    {
        for (object? node = Read(this, "h"); node is not null; node = Read(node, "next"))
            yield return HlHost.ToHost(Read(node, "item"));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Adds an element at the end.</summary>
    internal void Append(object? value)
    {
        HlField first = Field(Type, "h");
        object node = first.FieldType.Allocate();
        Field(first.FieldType, "item").Set(node, value);
        if (Type.FindMember("q") is HlField last)
        {
            if (last.Get(this) is { } previous)
                Field(first.FieldType, "next").Set(previous, node);
            last.Set(this, node);
        }
        if (first.Get(this) is null)
            first.Set(this, node);
        if (Type.FindMember("length") is HlField length)
            length.Set(this, HlCast.ToI32(length.Get(this)) + 1);
    }

    private static HlField Field(HlType type, string name) =>
        type.FindMember(name) as HlField ?? throw new HlMissingMemberException(type.Name, name, $"{type.Name} has no field {name}.", []);

    private static object? Read(object target, string name) => ((HlObject)target).Type.FindMember(name) is HlField field ? field.Get(target) : null;
}
