using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Bytecode;

public sealed class HlFunctionDefTests
{
    [Test]
    public void Functions_are_named_as_in_stack_traces_of_HashLink()
    {
        var builder = new ModuleBuilder { EntryPoint = 4 };
        int nothing = builder.Type(HlTypeKind.Void), dyn = builder.Type(HlTypeKind.Dyn);
        int plain = builder.Fun(nothing), method = builder.Fun(nothing, dyn);
        builder.Obj("Player", prototypes: [("attack", 0, -1)]);
        builder.Obj("$Player", fields: [("create", plain)], bindings: [(0, 1)]);
        byte[] end = Op(HlOpcode.ORet, 1);
        builder.Function(0, method, [dyn, nothing], [Op(HlOpcode.OStaticClosure, 0, 2), Op(HlOpcode.OInstanceClosure, 0, 3, 0), end]);
        builder.Function(1, plain, [dyn, nothing], [end]);
        builder.Function(2, plain, [dyn, nothing], [Op(HlOpcode.OCall0, 1, 5), end]);
        builder.Function(3, method, [dyn, nothing], [end]);
        builder.Function(4, plain, [dyn, nothing], [end]);
        builder.Function(5, plain, [dyn, nothing], [end]);
        builder.Function(6, plain, [dyn, nothing], [end]);

        HlModule module = builder.Read();

        Assert.That(module.Functions.Select(f => f.DisplayName), Is.EqualTo(new[]
        {
            "Player.attack", "$Player.create", "Player.~attack.0", "Player.~attack.1", ".init", "Player.~attack.2", "fun$6",
        }));
        Assert.That(module.Functions.Select(f => f.HasContext), Is.EqualTo(new[] { true, false, false, true, false, false, false }));
    }

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.Versions))]
    public void Parameters_have_their_names_in_the_source(string version)
    {
        HlModule module = HlModule.Read(Fixtures.Find(version, "hello"));

        Assert.That(Parameters(module, "$String.__alloc__"), Is.EqualTo(new[] { "b", "length" }));
        Assert.That(Parameters(module, "String.indexOf"), Is.EqualTo(new[] { "this", "str", "startIndex" }));
        Assert.That(Parameters(module, "$Std.string"), Is.EqualTo(new[] { "s" }));
    }

    private static string?[] Parameters(HlModule module, string name)
    {
        HlFunctionDef function = module.Functions.Single(f => f.ToString() == name);
        return [.. Enumerable.Range(0, function.Type.Parameters.Length).Select(function.GetParameterName)];
    }
}
