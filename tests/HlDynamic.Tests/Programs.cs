using HlDynamic.Tests.Bytecode;

namespace HlDynamic.Tests;

/// <summary>Loads the compiled Haxe programs of the repository, with what they print thrown away.</summary>
internal static class Programs
{
    public static HlVm Load(string name, string version = "4.3.6", HlVmOptions? options = null) =>
        HlVm.Load(Fixtures.Find(version, name), (options ?? new HlVmOptions()) with { Output = Stream.Null });
}
