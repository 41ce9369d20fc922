using HlDynamic.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Compilation;

/// <summary>Modules that are read several times instead of kept, which is so from a megabyte on.</summary>
public sealed class LargeModuleTests
{
    [Test]
    public void A_large_module_compiles_to_the_same_and_runs([Values("Closures", "Exceptions", "Virtuals", "ExceptionStacks")] string name)
    {
        string file = Fixtures.Find(name);
        byte[] content = File.ReadAllBytes(file);
        HlModule small = HlModuleReader.Read(content, file, ownsBytes: true), large = HlModuleReader.Read(content, file, ownsBytes: true, largeSize: 0);
        Assert.That((small.IsLarge, large.IsLarge), Is.EqualTo((false, true)));
        Assert.That(Run(large), Is.EqualTo(Run(small)).And.Not.Empty);
        Assert.That(large.Functions.Select(f => f.DisplayName), Is.EqualTo(small.Functions.Select(f => f.DisplayName)));
        foreach ((HlFunctionDef First, HlFunctionDef Second) in large.Functions.Zip(small.Functions))
            Assert.That(First.Instructions.SequenceEqual(Second.Instructions), First.DisplayName);
    }

    private static byte[] Run(HlModule module)
    {
        var output = new MemoryStream();
        using var vm = HlVm.Load(module, new HlVmOptions { Output = output });
        return output.ToArray();
    }
}
