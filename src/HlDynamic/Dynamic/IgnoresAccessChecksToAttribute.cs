namespace System.Runtime.CompilerServices;

/// <summary>The CLR knows it by its name: code of the assembly that has it may use what another assembly does not show.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    public string AssemblyName { get; } = assemblyName;
}
