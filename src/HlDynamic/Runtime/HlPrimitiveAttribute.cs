namespace HlDynamic.Runtime;

/// <summary>
/// Marks a public static method as the implementation of a native function, which Haxe code declares with
/// <c>@:hlNative("library", "name")</c>. The classes that have such methods are given to
/// <c>HlVmOptions.Natives</c>. Parameters and result are numbers as Haxe has them, <see cref="string"/>,
/// <see cref="object"/>, or any other type that a value can be passed as.
/// </summary>
/// <param name="library">The library.</param>
/// <param name="name">The function's name in the library.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class HlPrimitiveAttribute(string library, string name) : Attribute
{
    /// <summary>The library, as in <c>@:hlNative("std")</c>.</summary>
    public string Library { get; } = library;

    /// <summary>The function's name in the library.</summary>
    public string Name { get; } = name;
}
