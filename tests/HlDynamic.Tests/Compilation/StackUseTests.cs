using HlDynamic.Bytecode;
using HlDynamic.Compilation;
using NUnit.Framework;

namespace HlDynamic.Tests.Compilation;

public sealed class StackUseTests
{
    [Test]
    public void A_program_asks_late_for_the_stack_of_an_exception_unless_it_asks_in_the_handler(
        [ValueSource(typeof(Fixtures), nameof(Fixtures.Versions))] string version,
        [Values("StackAfterCatch", "StackOrder", "Exceptions")] string name)
    {
        HlModule module = HlModule.Read(Fixtures.Find(version, name));
        var use = new StackUse(module);

        foreach (HlFunctionDef function in module.Functions)
            use.Visit(function);

        Assert.That(use.AsksLate, Is.EqualTo(name == "StackAfterCatch"));
    }
}
