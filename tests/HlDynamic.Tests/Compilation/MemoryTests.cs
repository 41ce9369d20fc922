using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

/// <summary>Bytes, arrays and references.</summary>
public sealed class MemoryTests
{
    [TestCase(HlTypeKind.UI8, (byte)200)]
    [TestCase(HlTypeKind.UI16, (ushort)60000)]
    [TestCase(HlTypeKind.I32, -5)]
    [TestCase(HlTypeKind.I64, long.MinValue)]
    [TestCase(HlTypeKind.F32, 1.5f)]
    [TestCase(HlTypeKind.F64, double.NaN)]
    public void Bytes_hold_numbers(HlTypeKind kind, object value)
    {
        var m = new TestModule();
        int type = m.Builder.Type(kind);
        int function = m.Add(type, [m.Bytes, m.I32, type], [type], Op(OSetMem, 0, 1, 2), Op(OGetMem, 3, 0, 1), Op(ORet, 3));

        Assert.That(m.Call(function, new HlBytes(new byte[16], 0), 3, value), Is.EqualTo(value));
        Assert.That(m.CallToThrow(function, new HlBytes(new byte[16], 0), 16, value), Does.Contain("bytes").IgnoreCase.Or.Contain("Access").IgnoreCase);
        Assert.That(m.CallToThrow(function, new HlBytes(new byte[16], 0), -1, value), Does.Contain("bytes").IgnoreCase.Or.Contain("Access").IgnoreCase);
        Assert.That(m.CallToThrow(function, new HlBytes(new byte[16], 0), int.MaxValue, value), Does.Contain("bytes").IgnoreCase.Or.Contain("Access").IgnoreCase);
        Assert.That(m.CallToThrow(function, default(HlBytes), 0, value), Does.StartWith("Null access"));
    }

    [TestCase(OSetI8, OGetI8, 0x12345678, 0x78)]
    [TestCase(OSetI16, OGetI16, 0x12345678, 0x5678)]
    [TestCase(OSetI8, OGetI8, -1, 255)]
    [TestCase(OSetI16, OGetI16, -1, 65535)]
    public void Small_integers_are_cut_and_read_unsigned(HlOpcode set, HlOpcode get, int value, int expected)
    {
        var m = new TestModule();
        int function = m.Add(m.I32, [m.Bytes, m.I32, m.I32], [], Op(set, 0, 1, 2), Op(get, 2, 0, 1), Op(ORet, 2));

        Assert.That(m.Call(function, new HlBytes(new byte[16], 0), 5, value), Is.EqualTo(expected));
    }

    [TestCase(HlTypeKind.UI8, (byte)200)]
    [TestCase(HlTypeKind.UI16, (ushort)60000)]
    [TestCase(HlTypeKind.I32, -5)]
    [TestCase(HlTypeKind.I64, long.MinValue)]
    [TestCase(HlTypeKind.F32, 1.5f)]
    [TestCase(HlTypeKind.F64, double.NaN)]
    [TestCase(HlTypeKind.Bool, true)]
    [TestCase(HlTypeKind.Dyn, "text")]
    public void Arrays_hold_values(HlTypeKind kind, object value)
    {
        var m = new TestModule();
        (int type, int array, int function) = AddArrayTest(m, kind);
        int size = m.Add(m.I32, [], [m.Builder.Type(HlTypeKind.Type), m.I32, m.Builder.Type(HlTypeKind.Array)],
            Op(OType, 0, type), Op(OInt, 1, m.Builder.Int(4)), Op(OCall2, 2, array, 0, 1), Op(OArraySize, 1, 2), Op(ORet, 1));

        Assert.That(m.Call(function, 3, value), Is.EqualTo(value));
        Assert.That(m.Call(size), Is.EqualTo(4));
        Assert.That(m.CallToThrow(function, 4, value), Is.EqualTo("Access outside of an array"));
        Assert.That(m.CallToThrow(function, -1, value), Is.EqualTo("Access outside of an array"));
    }

    [Test]
    public void An_array_is_not_read_as_one_of_another_representation()
    {
        var m = new TestModule();
        int type = m.Builder.Type(HlTypeKind.Type), array = m.Builder.Type(HlTypeKind.Array);
        int alloc = m.AddNative("std", "alloc_array", array, type, m.I32);
        int function = m.Add(m.Dyn, [m.I32], [type, array, m.Dyn], Op(OType, 1, m.F64), Op(OCall2, 2, alloc, 1, 0), Op(OGetArray, 3, 2, 0), Op(ORet, 3));

        int numbers = m.Add(m.F64, [m.I32], [type, array, m.F64], Op(OType, 1, m.I32), Op(OCall2, 2, alloc, 1, 0), Op(OGetArray, 3, 2, 0), Op(ORet, 3));

        // An array of numbers has no references at all.
        Assert.That(m.CallToThrow(function, 1), Does.StartWith("Access outside"));
        Assert.That(m.CallToThrow(numbers, 1), Does.StartWith("Invalid cast"));
    }

    [Test]
    public void References_reach_registers_parameters_and_the_callers_variables()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        int increment = m.Add(m.Void, [reference], [m.I32, m.Void], Op(OUnref, 1, 0), Op(OIncr, 1), Op(OSetref, 0, 1), Op(ORet, 2));
        int function = m.Add(m.I32, [m.I32], [m.I32, reference, m.Void],
            Op(ORef, 2, 0), Op(OCall1, 3, increment, 2), Op(OMov, 1, 0), Op(ORef, 2, 1), Op(OCall1, 3, increment, 2), Op(OAdd, 0, 0, 1), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(6 + 7));
    }

    [Test]
    public void A_reference_to_nothing_is_a_null_access()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        int function = m.Add(m.I32, [], [reference, m.I32], Op(ONull, 0), Op(OUnref, 1, 0), Op(ORet, 1));

        Assert.That(m.CallToThrow(function), Is.EqualTo("Null access"));
    }

    [Test]
    public void A_reference_moves_within_its_array()
    {
        var m = new TestModule();
        int type = m.Builder.Type(HlTypeKind.Type), array = m.Builder.Type(HlTypeKind.Array), reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        int alloc = m.AddNative("std", "alloc_array", array, type, m.I32);
        int function = m.Add(m.I32, [m.I32, m.I32], [type, array, reference, m.I32],
            Op(OType, 2, m.I32), Op(OInt, 5, m.Builder.Int(4)), Op(OCall2, 3, alloc, 2, 5),
            Op(ORefData, 4, 3), Op(ORefOffset, 4, 4, 0), Op(OSetref, 4, 1), Op(OInt, 5, m.Builder.Int(2)), Op(OGetArray, 5, 3, 5), Op(ORet, 5));

        Assert.That(m.Call(function, 2, 77), Is.EqualTo(77));
        Assert.That(m.Call(function, 1, 77), Is.EqualTo(0));
        Assert.That(m.CallToThrow(function, 4, 77), Does.StartWith("Access of element"));
        Assert.That(m.CallToThrow(function, -1, 77), Does.StartWith("Access of element"));
    }

    [Test]
    public void A_reference_into_no_known_array_is_not_moved()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        m.Add(m.I32, [m.I32], [reference], Op(ORef, 1, 0), Op(ORefOffset, 1, 1, 0), Op(ORet, 0));

        Assert.That(Assert.Throws<HlBytecodeException>(() => _ = m.Vm)!.Message, Does.Contain("function 1").And.Contain("ORefOffset").IgnoreCase);
    }

    [Test]
    public void A_function_that_returns_a_reference_is_refused()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        m.Add(reference, [reference], [], Op(ORet, 0));

        Assert.That(Assert.Throws<HlBytecodeException>(() => _ = m.Vm)!.Message, Does.Contain("reference"));
    }

    [Test]
    public void A_type_of_functions_that_return_references_does_no_harm_unless_it_is_used()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        m.Builder.Fun(reference, reference);

        Assert.That(m.Call(0), Is.Null);
    }

    [Test]
    public void A_register_of_functions_that_return_references_is_refused()
    {
        var m = new TestModule();
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32), closure = m.Builder.Fun(reference, reference);
        m.Add(m.I32, [m.I32], [closure], Op(ORet, 0));

        Assert.That(Assert.Throws<HlBytecodeException>(() => _ = m.Vm)!.Message, Does.Contain("reference"));
    }

    private static (int Type, int Alloc, int Function) AddArrayTest(TestModule m, HlTypeKind kind)
    {
        int element = m.Builder.Type(kind), type = m.Builder.Type(HlTypeKind.Type), array = m.Builder.Type(HlTypeKind.Array);
        int alloc = m.AddNative("std", "alloc_array", array, type, m.I32);
        int function = m.Add(element, [m.I32, element], [type, array, m.I32],
            Op(OType, 2, element), Op(OInt, 4, m.Builder.Int(4)), Op(OCall2, 3, alloc, 2, 4), Op(OSetArray, 3, 0, 1), Op(OGetArray, 1, 3, 0), Op(ORet, 1));
        return (element, alloc, function);
    }
}
