using HlDynamic.Bytecode;
using NUnit.Framework;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlTypeFormatterTests
{
    [Test]
    public void Types_are_written_as_HashLink_does()
    {
        string[] names = [.. SampleModule.Create([]).Read().Functions[0].Registers.Select(HlTypeFormatter.Format)];

        Assert.That(names, Is.EqualTo(new[]
        {
            "Player", "i32", "i32", "f64", "bool", "bytes", "dynamic", "(i32 (i32,i32))", "array", "type", "ref<i32>",
            "virtual<health:i32,heal:(i32 (i32))>", "dynobj", "enum<Action>", "null<i32>", "@Point", "void", "handle", "f32",
        }));
    }

    [Test]
    public void A_type_inside_itself_is_written_as_dots()
    {
        ModuleBuilder builder = SampleModule.Create([]);
        int node = builder.Virtual(("next", 24), ("value", 0));

        Assert.That(builder.Read().Types[node].ToString(), Is.EqualTo("virtual<next:<...>,value:i32>"));
    }

    [Test]
    public void Text_that_doubles_with_each_type_ends()
    {
        ModuleBuilder builder = SampleModule.Create([]);
        int type = builder.Virtual(("x", 0));
        for (int i = 0; i < 50; i++)
            type = builder.Virtual(("a", type), ("b", type));

        Assert.That(builder.Read().Types[type].ToString(), Has.Length.LessThan(20_000));
    }
}
