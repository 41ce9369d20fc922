using System.Diagnostics;
using HlDynamic.Runtime;

namespace HlDynamic.Dynamic;

/// <summary>What a debugger shows of a Haxe object: its fields, properties left out, for reading those runs Haxe code.</summary>
internal sealed class HlObjectDebugView(HlObject target)
{
    /// <summary>The fields, or the arguments of an enum value.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.RootHidden)]
    public HlDebugField[] Fields => HlVirtual.Unwrap(target) switch
    {
        HlEnum value => [.. Enumerable.Range(0, value.Type.Constructors[value.Index].Parameters.Length).Select(i => new HlDebugField($"[{i}]", HlConvert.FromHaxe(value[i])))],
        HlObject obj => [.. (HlFields.Names(obj.Type.Context, obj) ?? []).Select(name => new HlDebugField(name, HlConvert.FromHaxe(HlFields.Get(obj.Type.Context, obj, obj.Type.Context.Hash(name)))))],
        _ => [],
    };
}

/// <summary>A field in a debugger.</summary>
[DebuggerDisplay("{Value}", Name = "{Name,nq}")]
internal sealed record HlDebugField(
    [property: DebuggerBrowsable(DebuggerBrowsableState.Never)] string Name,
    [property: DebuggerBrowsable(DebuggerBrowsableState.RootHidden)] object? Value);
