namespace HlDynamic.Runtime;

/// <summary>
/// Marks a static method as the implementation of a native function. Its parameters have the CLR representations of
/// the native's HashLink types; a leading <see cref="HlContext"/> parameter receives the VM's context.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class HlPrimitiveAttribute(string library, string name) : Attribute
{
    /// <summary>The library, as in <c>@:hlNative("std")</c>.</summary>
    public string Library { get; } = library;

    /// <summary>The function's name in the library.</summary>
    public string Name { get; } = name;
}
