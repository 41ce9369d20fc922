using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

public sealed class CastsTests
{
    [TestCase(OToInt, HlTypeKind.I32, 1.9, 1)]
    [TestCase(OToInt, HlTypeKind.I32, -1.9, -1)]
    [TestCase(OToInt, HlTypeKind.I32, double.NaN, int.MinValue)]
    [TestCase(OToInt, HlTypeKind.I32, 1e10, int.MinValue)]
    [TestCase(OToInt, HlTypeKind.I32, float.NegativeInfinity, int.MinValue)]
    [TestCase(OToInt, HlTypeKind.I64, 1e10, 10000000000L)]
    [TestCase(OToInt, HlTypeKind.I64, double.NaN, long.MinValue)]
    [TestCase(OToInt, HlTypeKind.I64, -1, -1L)]
    [TestCase(OToInt, HlTypeKind.I32, 0x1_0000_0005L, 5)]
    [TestCase(OToInt, HlTypeKind.UI8, 0x1ff, (byte)255)]
    [TestCase(OToInt, HlTypeKind.UI16, -1, (ushort)65535)]
    [TestCase(OToSFloat, HlTypeKind.F64, -1, -1.0)]
    [TestCase(OToSFloat, HlTypeKind.F32, 16777217, 16777216f)]
    [TestCase(OToSFloat, HlTypeKind.F64, 1.5f, 1.5)]
    [TestCase(OToSFloat, HlTypeKind.F64, -1L, -1.0)]
    [TestCase(OToSFloat, HlTypeKind.F64, (byte)200, 200.0)]
    [TestCase(OToUFloat, HlTypeKind.F64, -1, 4294967295.0)]
    [TestCase(OToUFloat, HlTypeKind.F32, -1, 4294967296f)]
    public void Numbers_are_converted(HlOpcode opcode, HlTypeKind to, object value, object expected)
    {
        var m = new TestModule();
        int from = m.Builder.Type(ArithmeticTests.KindOf(value)), type = m.Builder.Type(to);
        int function = m.Add(type, [from], [type], Op(opcode, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(function, value), Is.EqualTo(expected).And.TypeOf(expected.GetType()));
    }

    [TestCase(HlTypeKind.I32, 1.9, 1)]
    [TestCase(HlTypeKind.I32, null, 0)]
    [TestCase(HlTypeKind.F64, 5, 5.0)]
    [TestCase(HlTypeKind.F64, null, 0.0)]
    [TestCase(HlTypeKind.F32, 1.5, 1.5f)]
    [TestCase(HlTypeKind.I64, 5, 5L)]
    [TestCase(HlTypeKind.Bool, true, true)]
    [TestCase(HlTypeKind.Bool, null, false)]
    [TestCase(HlTypeKind.UI8, 300, (byte)44)]
    public void Dynamic_values_are_cast_to_numbers(HlTypeKind to, object? value, object expected)
    {
        var m = new TestModule();
        int type = m.Builder.Type(to);
        int function = m.Add(type, [m.Dyn], [type], Op(OSafeCast, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(function, value), Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(3)]
    [TestCase(9)]
    public void Objects_are_cast_to_classes_that_they_derive_from(int classes)
    {
        var m = new TestModule();
        int root = m.Builder.Obj("Root");
        List<int> family = [root];
        for (int i = 1; i < classes; i++)
            family.Add(m.Builder.Obj("Derived" + i, super: family[(i - 1) / 2]));
        int[] makers = [.. family.Append(m.Builder.Obj("Other")).Select(t => m.Add(m.Dyn, [], [t, m.Dyn], Op(ONew, 0), Op(OToDyn, 1, 0), Op(ORet, 1)))];
        int cast = m.Add(root, [m.Dyn], [root], Op(OSafeCast, 1, 0), Op(ORet, 1));
        object?[] values = [.. makers.Select(f => m.Call(f))];

        foreach (object? value in values[..^1])
            Assert.That(m.Call(cast, value), Is.SameAs(value));
        Assert.That(m.Call(cast, [null]), Is.Null);
        Assert.That(m.CallToThrow(cast, values[^1]), Is.EqualTo("Can't cast Other to Root"));
    }

    [Test]
    public void What_cannot_be_cast_is_an_error_that_names_both_types()
    {
        var m = new TestModule();
        int thing = m.Builder.Obj("Thing"), other = m.Builder.Obj("Other");
        int make = m.Add(m.Dyn, [], [thing, m.Dyn], Op(ONew, 0), Op(OToDyn, 1, 0), Op(ORet, 1));
        int toOther = m.Add(other, [m.Dyn], [other], Op(OSafeCast, 1, 0), Op(ORet, 1));
        int toInt = m.Add(m.I32, [m.Dyn], [m.I32], Op(OSafeCast, 1, 0), Op(ORet, 1));
        int unsafely = m.Add(other, [thing], [other], Op(OUnsafeCast, 1, 0), Op(ORet, 1));

        object value = m.Call(make)!;
        Assert.That(m.CallToThrow(toOther, value), Is.EqualTo("Can't cast Thing to Other"));
        Assert.That(m.CallToThrow(toInt, value), Is.EqualTo("Can't cast Thing to i32"));
        // HashLink would let this pass, and memory be read as what it is not.
        Assert.That(m.CallToThrow(unsafely, value), Is.EqualTo("Can't cast Thing to Other"));
        Assert.That(m.Call(toOther, [null]), Is.Null);
    }

    [Test]
    public void A_class_is_cast_down_and_up()
    {
        var m = new TestModule();
        int thing = m.Builder.Obj("Thing"), more = m.Builder.Obj("More", super: thing);
        int function = m.Add(m.Bool, [m.Bool], [thing, more, m.Bool],
            new Assembler()
                .Op(ONew, 2).Op(OMov, 1, 2).Jump(OJTrue, "cast", 0).Op(ONew, 1)
                .Mark("cast").Op(OSafeCast, 2, 1).Op(OBool, 3, 1).Op(ORet, 3).Build());

        Assert.That(m.Call(function, true), Is.True);
        Assert.That(m.CallToThrow(function, false), Is.EqualTo("Can't cast Thing to More"));
    }

    [Test]
    public void A_view_of_an_object_reads_and_writes_its_fields()
    {
        var m = new TestModule();
        int thing = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int view = m.Builder.Virtual(("n", m.I32)), wide = m.Builder.Virtual(("n", m.F64)), lacking = m.Builder.Virtual(("x", m.I32));
        int known = m.Add(m.I32, [m.I32], [thing, view],
            Op(ONew, 1), Op(OToVirtual, 2, 1), Op(OSetField, 2, 0, 0), Op(OField, 0, 1, 0), Op(OIncr, 0), Op(OSetField, 1, 0, 0), Op(OField, 0, 2, 0), Op(ORet, 0));
        int converting = m.Add(m.F64, [m.I32], [thing, wide, m.F64],
            Op(ONew, 1), Op(OSetField, 1, 0, 0), Op(OToVirtual, 2, 1), Op(OField, 3, 2, 0), Op(ORet, 3));
        int missing = m.Add(m.I32, [m.I32], [thing, lacking], Op(ONew, 1), Op(OToVirtual, 2, 1), Op(OField, 0, 2, 0), Op(ORet, 0));
        int ofNull = m.Add(view, [], [m.Dyn, view], Op(ONull, 0), Op(OToVirtual, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(known, 5), Is.EqualTo(6));
        Assert.That(m.Call(converting, 5), Is.EqualTo(5.0));
        Assert.That(m.CallToThrow(missing, 5), Is.Not.Empty);
        Assert.That(m.Call(ofNull), Is.Null);
    }

    [Test]
    public void A_function_that_takes_and_gives_objects_is_used_as_one_of_other_classes()
    {
        var m = new TestModule();
        int thing = m.Builder.Obj("Thing"), more = m.Builder.Obj("More", super: thing);
        int same = m.Add(thing, [thing], [], Op(ORet, 0));
        int own = m.Builder.Fun(thing, thing), wider = m.Builder.Fun(m.Dyn, more), narrower = m.Builder.Fun(more, m.Dyn);
        int contravariant = m.Add(m.Dyn, [], [own, wider, more, m.Dyn],
            Op(OStaticClosure, 0, same), Op(OUnsafeCast, 1, 0), Op(ONew, 2), Op(OCallClosure, 3, 1, 1, 2), Op(ORet, 3));
        int covariant = m.Add(m.Dyn, [m.Dyn], [own, narrower, more],
            Op(OStaticClosure, 1, same), Op(OUnsafeCast, 2, 1), Op(OCallClosure, 3, 2, 1, 0), Op(ORet, 3));
        int make = m.Add(m.Dyn, [], [thing, m.Dyn], Op(ONew, 0), Op(OToDyn, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(contravariant), Is.Not.Null);
        Assert.That(m.CallToThrow(covariant, m.Call(make)), Is.EqualTo("Can't cast Thing to More"));
        Assert.That(m.CallToThrow(covariant, 5), Does.StartWith("Can't cast i32 to Thing"));
    }
}
