namespace HlDynamic.Runtime;

/// <summary>What stands for a Haxe value in .NET programs, where that is not the value itself: a class, an enum, a function.</summary>
internal interface IHlValue
{
    /// <summary>What Haxe code holds.</summary>
    object? HaxeValue { get; }
}
