using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

/// <summary>Globals, fields, and fields by name.</summary>
public sealed class FieldsTests
{
    [Test]
    public void A_packed_struct_is_part_of_its_owner()
    {
        var m = new TestModule();
        int inner = m.Builder.Obj("Inner", fields: [("x", m.I32)], kind: HlTypeKind.Struct);
        int packed = m.Builder.Wrapper(HlTypeKind.Packed, inner);
        int middle = m.Builder.Obj("Middle", fields: [("a", packed), ("n", m.I32)], kind: HlTypeKind.Struct);
        int outer = m.Builder.Obj("Outer", fields: [("m", m.Builder.Wrapper(HlTypeKind.Packed, middle))], kind: HlTypeKind.Struct);
        // Reading gives the part itself, writing copies.
        int function = m.Add(m.I32, [m.I32], [outer, middle, inner, m.I32, outer],
            Op(ONew, 1), Op(OField, 2, 1, 0), Op(OField, 3, 2, 0), Op(OSetField, 3, 0, 0),
            Op(ONew, 5), Op(OSetField, 5, 0, 2), Op(OIncr, 0), Op(OSetField, 3, 0, 0),
            Op(OField, 2, 5, 0), Op(OField, 3, 2, 0), Op(OField, 4, 3, 0), Op(OAdd, 0, 0, 4), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(6 + 5));
    }

    [Test]
    public void A_struct_that_packs_itself_is_refused()
    {
        var m = new TestModule();
        int packed = m.Builder.Wrapper(HlTypeKind.Packed, m.Builder.Type(HlTypeKind.Guid) + 2);
        m.Builder.Obj("Endless", fields: [("e", packed)], kind: HlTypeKind.Struct);

        Assert.That(Assert.Throws<HlBytecodeException>(() => _ = m.Vm)!.Message, Does.Contain("Endless"));
    }

    [Test]
    public void A_global_is_converted_as_it_is_read_and_written()
    {
        var m = new TestModule();
        int global = m.Builder.Global(m.Dyn);
        int function = m.Add(m.I32, [m.F64], [m.I32], Op(OSetGlobal, global, 0), Op(OGetGlobal, 1, global), Op(ORet, 1));

        Assert.That(m.Call(function, 5.7), Is.EqualTo(5));
    }

    [Test]
    public void A_field_of_this_is_read_and_written()
    {
        var m = new TestModule();
        int method = m.Reserve();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)], prototypes: [("add", method, 0)]);
        m.Add(method, m.I32, [type, m.I32], [m.I32], [Op(OGetThis, 2, 0), Op(OAdd, 2, 2, 1), Op(OSetThis, 0, 2), Op(OGetThis, 1, 0), Op(ORet, 1)]);
        int function = m.Add(m.I32, [m.I32], [type], Op(ONew, 1), Op(OCallMethod, 0, 0, 2, 1, 0), Op(OCallMethod, 0, 0, 2, 1, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(10));
    }

    [Test]
    public void Fields_are_found_by_name()
    {
        var m = new TestModule();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]), name = m.Builder.String("n"), other = m.Builder.String("other");
        int function = m.Add(m.F64, [m.F64], [type, m.Dyn], Op(ONew, 1), Op(OMov, 2, 1), Op(ODynSet, 2, name, 0), Op(ODynGet, 0, 2, name), Op(ORet, 0));
        int missing = m.Add(m.Dyn, [m.F64], [type, m.Dyn], Op(ONew, 1), Op(OMov, 2, 1), Op(ODynSet, 2, other, 0), Op(ORet, 2));
        int dynObj = m.Builder.Type(HlTypeKind.DynObj);
        int open = m.Add(m.I32, [m.F64], [dynObj, m.I32], Op(ONew, 1), Op(ODynSet, 1, other, 0), Op(ODynGet, 2, 1, other), Op(ORet, 2));

        Assert.That(m.Call(function, 5.7), Is.EqualTo(5.0));
        Assert.That(m.CallToThrow(missing, 5.7), Does.Contain("other"));
        Assert.That(m.Call(open, 5.7), Is.EqualTo(5));
    }
}
