using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

/// <summary>New objects, types and enums.</summary>
public sealed class ObjectsTests
{
    [Test]
    public void An_enum_of_several_constructors_tells_them_apart()
    {
        var m = new TestModule();
        int type = m.Builder.Enum("Shape", ("Point", []), ("Circle", [m.F64]), ("Box", [m.F64, m.F64]));
        int index = m.Add(m.I32, [type], [m.I32], Op(OEnumIndex, 1, 0), Op(ORet, 1));
        int box = m.Add(type, [m.F64, m.F64], [type], Op(OMakeEnum, 2, 2, 2, 0, 1), Op(ORet, 2));
        int height = m.Add(m.F64, [type], [m.F64], Op(OEnumField, 1, 0, 2, 1), Op(ORet, 1));
        int point = m.Add(type, [], [type], Op(OMakeEnum, 0, 0, 0), Op(ORet, 0));
        int alloc = m.Add(type, [], [type], Op(OEnumAlloc, 0, 0), Op(ORet, 0));

        object value = m.Call(box, 2.0, 3.0)!;
        Assert.That(m.Call(index, value), Is.EqualTo(2));
        Assert.That(m.Call(height, value), Is.EqualTo(3.0));
        Assert.That(m.Call(index, m.Call(point)), Is.Zero);
        Assert.That(m.Call(alloc), Is.SameAs(m.Call(point)));
        Assert.That(m.CallToThrow(height, m.Call(point)), Does.StartWith("Invalid cast"));
        Assert.That(m.CallToThrow(height, [null]), Is.EqualTo("Null access"));
        Assert.That(m.CallToThrow(index, [null]), Is.EqualTo("Null access"));
    }

    [Test]
    public void An_enum_of_one_constructor_is_filled_later()
    {
        var m = new TestModule();
        int type = m.Builder.Enum("", ("", [m.I32, m.Dyn]));
        int function = m.Add(m.I32, [m.I32], [type],
            Op(OEnumAlloc, 1, 0), Op(OSetEnumField, 1, 0, 0), Op(OEnumField, 0, 1, 0, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(5));
    }

    [Test]
    public void The_type_of_a_value_is_asked_for()
    {
        var m = new TestModule();
        int type = m.Builder.Type(HlTypeKind.Type);
        int kind = m.Add(m.I32, [m.Dyn], [type, m.I32], Op(OGetType, 1, 0), Op(OGetTID, 2, 1), Op(ORet, 2));
        int own = m.Add(m.I32, [], [type, m.I32], Op(OType, 0, m.F64), Op(OGetTID, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(kind, 1.5), Is.EqualTo((int)HlTypeKind.F64));
        Assert.That(m.Call(kind, [null]), Is.EqualTo((int)HlTypeKind.Void));
        Assert.That(m.Call(own), Is.EqualTo((int)HlTypeKind.F64));
    }

    [Test]
    public void A_new_object_has_fields_that_are_null_or_zero_and_functions_that_are_bound()
    {
        var m = new TestModule();
        int five = m.Add(m.I32, [], [m.I32], Op(OInt, 0, m.Builder.Int(5)), Op(ORet, 0));
        int fun = m.Builder.Fun(m.I32);
        int bound = m.Reserve();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32), ("f", fun), ("g", fun)], bindings: [(1, five), (2, bound)]);
        m.Add(bound, m.I32, [type], [m.I32], [Op(OField, 1, 0, 0), Op(OIncr, 1), Op(ORet, 1)]);
        int function = m.Add(m.I32, [m.I32], [type, fun, m.I32],
            Op(ONew, 1), Op(OSetField, 1, 0, 0), Op(OField, 2, 1, 1), Op(OCallClosure, 0, 2, 0),
            Op(OField, 2, 1, 2), Op(OCallClosure, 3, 2, 0), Op(OAdd, 0, 0, 3), Op(ORet, 0));

        Assert.That(m.Call(function, 7), Is.EqualTo(5 + 8));
    }

    [Test]
    public void A_binding_to_a_function_of_other_parameters_is_refused()
    {
        var m = new TestModule();
        int fun = m.Builder.Fun(m.I32, m.I32);
        int none = m.Add(m.I32, [], [m.I32], Op(ORet, 0));
        m.Builder.Obj("Thing", fields: [("f", fun)], bindings: [(0, none)]);

        Assert.That(Assert.Throws<HlBytecodeException>(() => _ = m.Vm)!.Message, Does.Contain("Thing"));
    }

    [TestCase(HlTypeKind.Void)]
    [TestCase(HlTypeKind.I32)]
    public void A_binding_to_a_function_whose_first_parameter_is_no_object_is_refused_or_called(HlTypeKind kind)
    {
        var m = new TestModule();
        int fun = m.Builder.Fun(m.I32), parameter = m.Builder.Type(kind);
        int target = m.Add(m.I32, [parameter], [m.I32], Op(ORet, 1));
        int type = m.Builder.Obj("Thing", fields: [("f", fun)], bindings: [(0, target)]);
        int function = m.Add(type, [], [type], Op(ONew, 0), Op(ORet, 0));

        try
        {
            m.Call(function);
        }
        catch (HlException)
        {
            // Nothing else may come out.
        }
    }

    [Test]
    public void Names_that_mean_something_to_the_CLR_are_as_good_as_others()
    {
        var m = new TestModule();
        int ctor = m.Reserve(), cctor = m.Reserve(), invoke = m.Reserve();
        int type = m.Builder.Obj(".ctor", fields: [(".cctor", m.I32), ("a", m.I32), ("a", m.I32), ("", m.I32), ("value__", m.I32), ("\ud83d\ude00", m.I32)],
            prototypes: [(".ctor", ctor, -1), (".cctor", cctor, 0), ("Finalize", invoke, 1)]);
        m.Builder.Obj(".ctor");
        m.Builder.Obj(".ctor$" + (type + 1));
        m.Builder.Obj("hl.$Globals");
        m.Builder.Obj("a+b,c[]&*\\`1");
        m.Builder.Obj("");
        m.Add(ctor, m.I32, [type], [m.I32], [Op(OField, 1, 0, 1), Op(ORet, 1)]);
        m.Add(cctor, m.I32, [type], [m.I32], [Op(OField, 1, 0, 2), Op(ORet, 1)]);
        m.Add(invoke, m.I32, [type], [m.I32], [Op(OField, 1, 0, 3), Op(ORet, 1)]);
        int function = m.Add(m.I32, [m.I32], [type, m.I32],
            Op(ONew, 1), Op(OSetField, 1, 1, 0), Op(OIncr, 0), Op(OSetField, 1, 2, 0), Op(OIncr, 0), Op(OSetField, 1, 3, 0),
            Op(OCall1, 0, ctor, 1), Op(OCallMethod, 2, 0, 1, 1), Op(OAdd, 0, 0, 2), Op(OCallMethod, 2, 1, 1, 1), Op(OAdd, 0, 0, 2), Op(ORet, 0));

        Assert.That(m.Call(function, 1), Is.EqualTo(1 + 2 + 3));
        Assert.That(m.Vm.Program.Assembly.GetTypes(), Is.Not.Empty);
    }

    [Test]
    public void Function_types_that_contain_themselves_are_refused()
    {
        var m = new TestModule();
        int next = m.Builder.Type(HlTypeKind.Guid) + 1;
        int fun = m.Builder.Fun(m.Void, next);
        Assume.That(fun, Is.EqualTo(next));
        m.Add(m.Void, [fun], [m.Void], Op(ORet, 1));

        Assert.Throws<HlBytecodeException>(() => _ = m.Vm);
    }

    [Test]
    public void Function_types_that_double_at_each_step_are_refused()
    {
        var m = new TestModule();
        int fun = m.Builder.Fun(m.Void);
        for (int i = 0; i < 100; i++)
            fun = m.Builder.Fun(fun, fun, fun);
        m.Add(m.Void, [fun], [m.Void], Op(ORet, 1));

        Assert.Throws<HlBytecodeException>(() => _ = m.Vm);
    }
}
