using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

public sealed class CallsTests
{
    [Test]
    public void A_result_of_nothing_is_null()
    {
        var m = new TestModule();
        int nothing = m.Add(m.Void, [], [m.Void], Op(ORet, 0));
        int function = m.Add(m.Dyn, [], [m.Dyn], Op(OCall0, 0, nothing), Op(ORet, 0));

        Assert.That(m.Call(function), Is.Null);
    }

    [Test]
    public void A_result_that_nobody_wants_is_dropped()
    {
        var m = new TestModule();
        int one = m.Add(m.I32, [], [m.I32], Op(OInt, 0, m.Builder.Int(1)), Op(ORet, 0));
        int function = m.Add(m.Void, [], [m.Void], Op(OCall0, 0, one), Op(ORet, 0));

        Assert.That(m.Call(function), Is.Null);
    }

    [Test]
    public void A_parameter_of_type_void_is_passed_and_moved_as_nothing()
    {
        var m = new TestModule();
        int second = m.Add(m.I32, [m.Void, m.I32], [m.Void], Op(OMov, 0, 0), Op(OMov, 2, 0), Op(OMov, 0, 2), Op(ORet, 1));
        int function = m.Add(m.I32, [m.I32], [m.Void], Op(OCall2, 0, second, 1, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(5));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(4)]
    [TestCase(16)]
    [TestCase(17)]
    [TestCase(100)]
    public void A_function_of_any_number_of_parameters_is_called_directly_and_as_a_closure(int count)
    {
        var m = new TestModule();
        int[] parameters = [.. Enumerable.Repeat(m.I32, count)];
        int sum = m.Add(m.I32, parameters, [m.I32],
            [Op(OInt, count, m.Builder.Int(0)), .. Enumerable.Range(0, count).Select(i => Op(OAdd, count, count, i)), Op(ORet, count)]);
        int closure = m.Builder.Fun(m.I32, parameters);
        int[] ones = [.. Enumerable.Repeat(0, count)];
        int direct = m.Add(m.I32, [m.I32], [], Op(OCallN, [0, sum, count, .. ones]), Op(ORet, 0));
        int indirect = m.Add(m.I32, [m.I32], [closure], Op(OStaticClosure, 1, sum), Op(OCallClosure, [0, 1, count, .. ones]), Op(ORet, 0));

        Assert.That(m.Call(direct, 3), Is.EqualTo(3 * count));
        Assert.That(m.Call(indirect, 3), Is.EqualTo(3 * count));
    }

    [Test]
    public void A_closure_is_called_dynamically()
    {
        var m = new TestModule();
        int add = m.Add(m.I32, [m.I32, m.I32], [], Op(OAdd, 0, 0, 1), Op(ORet, 0));
        int function = m.Add(m.I32, [m.I32], [m.Dyn, m.Dyn], Op(OStaticClosure, 1, add), Op(OToDyn, 2, 0), Op(OCallClosure, 0, 1, 2, 2, 2), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(10));
    }

    [Test]
    public void A_closure_holds_its_first_argument()
    {
        var m = new TestModule();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int add = m.Add(m.I32, [type, m.I32], [m.I32], Op(OField, 2, 0, 0), Op(OAdd, 1, 1, 2), Op(ORet, 1));
        int closure = m.Builder.Fun(m.I32, m.I32);
        int function = m.Add(m.I32, [m.I32], [type, closure],
            Op(ONew, 1), Op(OSetField, 1, 0, 0), Op(OInstanceClosure, 2, add, 1), Op(OCallClosure, 0, 2, 1, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(10));
    }

    [Test]
    public void A_closure_over_null_gets_null()
    {
        var m = new TestModule();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int isNull = m.Add(m.Bool, [type], [m.Bool], Op(OJNull, 0, 2), Op(OBool, 1, 0), Op(ORet, 1), Op(OBool, 1, 1), Op(ORet, 1));
        int closure = m.Builder.Fun(m.Bool);
        int function = m.Add(m.Bool, [], [type, closure, m.Bool],
            Op(ONull, 0), Op(OInstanceClosure, 1, isNull, 0), Op(OCallClosure, 2, 1, 0), Op(ORet, 2));

        Assert.That(m.Call(function), Is.True);
    }

    [Test]
    public void A_method_called_with_another_type_than_its_class_has_is_converted()
    {
        var m = new TestModule();
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int get = m.Add(m.I32, [type], [m.I32], Op(OField, 1, 0, 0), Op(ORet, 1));
        int function = m.Add(m.I32, [m.Dyn], [m.I32], Op(OCall1, 1, get, 0), Op(ORet, 1));

        Assert.That(m.CallToThrow(function, 5), Does.Contain("Can't cast"));
        Assert.That(m.CallToThrow(function, [null]), Is.EqualTo("Null access"));
    }

    [Test]
    public void A_virtual_method_is_found_in_the_class_of_the_object()
    {
        var m = new TestModule();
        int baseMethod = m.Reserve(), derivedMethod = m.Reserve();
        int baseType = m.Builder.Obj("Base", prototypes: [("get", baseMethod, 0)]);
        int derived = m.Builder.Obj("Derived", super: baseType, prototypes: [("get", derivedMethod, 0)]);
        m.Add(baseMethod, m.I32, [baseType], [m.I32], [Op(OInt, 1, m.Builder.Int(1)), Op(ORet, 1)]);
        m.Add(derivedMethod, m.I32, [derived], [m.I32], [Op(OInt, 1, m.Builder.Int(2)), Op(ORet, 1)]);
        int closure = m.Builder.Fun(m.I32);
        int direct = m.Add(m.I32, [], [derived, baseType, m.I32], Op(ONew, 0), Op(OMov, 1, 0), Op(OCallMethod, 2, 0, 1, 1), Op(ORet, 2));
        int asClosure = m.Add(m.I32, [], [derived, baseType, m.I32, closure],
            Op(ONew, 0), Op(OMov, 1, 0), Op(OVirtualClosure, 3, 1, 0), Op(OCallClosure, 2, 3, 0), Op(ORet, 2));
        int ofNull = m.Add(m.I32, [], [baseType, m.I32], Op(ONull, 0), Op(OCallMethod, 1, 0, 1, 0), Op(ORet, 1));

        Assert.That(m.Call(direct), Is.EqualTo(2));
        Assert.That(m.Call(asClosure), Is.EqualTo(2));
        Assert.That(m.CallToThrow(ofNull), Is.EqualTo("Null access"));
    }

    [Test]
    public void Methods_of_one_name_override_only_those_of_their_slot()
    {
        var m = new TestModule();
        int[] methods = [m.Reserve(), m.Reserve(), m.Reserve(), m.Reserve()];
        int baseType = m.Builder.Obj("Base", prototypes: [("get", methods[0], 0)]);
        int middle = m.Builder.Obj("Middle", super: baseType, prototypes: [("get", methods[1], 1)]);
        int lower = m.Builder.Obj("Lower", super: middle, prototypes: [("get", methods[2], 0)]);
        int leaf = m.Builder.Obj("Leaf", super: lower, prototypes: [("get", methods[3], 1)]);
        int[] owners = [baseType, middle, lower, leaf];
        for (int i = 0; i < owners.Length; i++)
            m.Add(methods[i], m.I32, [owners[i]], [m.I32], [Op(OInt, 1, m.Builder.Int(i)), Op(ORet, 1)]);
        int Calling(int type, int slot) => m.Add(m.I32, [], [type, m.I32], Op(ONew, 0), Op(OCallMethod, 1, slot, 1, 0), Op(ORet, 1));
        (int Function, int Expected)[] calls =
        [
            (Calling(baseType, 0), 0), (Calling(middle, 0), 0), (Calling(middle, 1), 1), (Calling(lower, 0), 2),
            (Calling(lower, 1), 1), (Calling(leaf, 0), 2), (Calling(leaf, 1), 3),
        ];

        Assert.That(calls.Select(c => m.Call(c.Function)), Is.EqualTo(calls.Select(c => c.Expected)));
    }

    [Test]
    public void A_method_may_override_one_of_other_types()
    {
        var m = new TestModule();
        int baseMethod = m.Reserve(), derivedMethod = m.Reserve();
        int baseType = m.Builder.Obj("Base", prototypes: [("get", baseMethod, 0)]);
        int derived = m.Builder.Obj("Derived", super: baseType, prototypes: [("get", derivedMethod, 0)]);
        m.Add(baseMethod, m.Dyn, [baseType, m.Void, m.Dyn], [], [Op(ORet, 2)]);
        m.Add(derivedMethod, m.I32, [derived, m.Dyn, m.I32], [], [Op(OIncr, 2), Op(ORet, 2)]);
        int function = m.Add(m.Dyn, [m.Dyn], [derived, baseType, m.Void],
            Op(ONew, 1), Op(OMov, 2, 1), Op(OCallMethod, 0, 0, 3, 2, 3, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 5), Is.EqualTo(6));
        Assert.That(m.CallToThrow(function, "x"), Does.Contain("Can't cast"));
    }

    [Test]
    public void A_missing_native_is_an_error_only_when_it_is_called()
    {
        var m = new TestModule();
        int native = m.AddNative("nolib", "frob", m.I32, m.Bytes, m.F64);
        int function = m.Add(m.I32, [m.Bool], [m.I32, m.Bytes, m.F64],
            new Assembler().Jump(OJFalse, "end", 0).Op(OCall2, 1, native, 2, 3).Mark("end").Op(ORet, 1).Build());

        Assert.That(m.Call(function, false), Is.EqualTo(0));
        var error = Assert.Throws<HlLinkException>(() => m.Call(function, true));
        Assert.That((error!.Library, error.NativeName), Is.EqualTo(("nolib", "frob")));
        Assert.That(error.Signature, Does.Contain("bytes").And.Contain("f64"));
        Assert.That(error.Message, Does.Contain("nolib.frob").And.Contain(error.Signature));
    }

    [Test]
    public void A_native_of_another_signature_is_an_error_only_when_it_is_called()
    {
        var m = new TestModule();
        int native = m.AddNative("std", "math_sqrt", m.F64, m.Bytes);
        int function = m.Add(m.F64, [m.Bytes], [m.F64], Op(OCall1, 1, native, 0), Op(ORet, 1));

        Assert.That(Assert.Throws<HlLinkException>(() => m.Call(function, default(HlBytes)))!.Message, Does.Contain("std.math_sqrt"));
    }

    [Test]
    public void A_native_is_called_as_a_closure()
    {
        var m = new TestModule();
        int native = m.AddNative("std", "math_sqrt", m.F64, m.F64);
        int closure = m.Builder.Fun(m.F64, m.F64);
        int function = m.Add(m.F64, [m.F64], [closure], Op(OStaticClosure, 1, native), Op(OCallClosure, 0, 1, 1, 0), Op(ORet, 0));

        Assert.That(m.Call(function, 9.0), Is.EqualTo(3.0));
    }

    [Test]
    public void A_closure_of_one_signature_is_called_as_one_of_another()
    {
        var m = new TestModule();
        int add = m.Add(m.I32, [m.I32, m.I32], [], Op(OAdd, 0, 0, 1), Op(ORet, 0));
        int own = m.Builder.Fun(m.I32, m.I32, m.I32), other = m.Builder.Fun(m.Dyn, m.F64, m.Dyn);
        int function = m.Add(m.Dyn, [m.F64, m.Dyn], [own, other, m.Dyn],
            Op(OStaticClosure, 2, add), Op(OSafeCast, 3, 2), Op(OCallClosure, 4, 3, 2, 0, 1), Op(ORet, 4));

        Assert.That(m.Call(function, 2.5, 3), Is.EqualTo(5));
        Assert.That(m.CallToThrow(function, 2.5, "x"), Does.Contain("Can't cast"));
    }

    [Test]
    public void A_closure_of_a_function_that_only_calculates_is_known_by_the_functions_method()
    {
        var m = new TestModule();
        int half = m.Add(m.I32, [m.I32], [m.I32], Op(OInt, 1, m.Builder.Int(2)), Op(OSDiv, 0, 0, 1), Op(ORet, 0));
        int other = m.Add(m.I32, [m.I32], [m.I32], Op(OInt, 1, m.Builder.Int(2)), Op(OSDiv, 0, 0, 1), Op(ORet, 0));
        int closure = m.Builder.Fun(m.I32, m.I32);
        int[] makers = [.. ((int[])[half, half, other]).Select(f => m.Add(m.Dyn, [], [closure, m.Dyn], Op(OStaticClosure, 0, f), Op(OToDyn, 1, 0), Op(ORet, 1)))];

        Delegate[] made = [.. makers.Select(maker => (Delegate)m.Call(maker)!)];

        Assert.That(made[0], Is.InstanceOf<Func<int, int>>());
        Assert.That(((Func<int, int>)made[0])(8), Is.EqualTo(4));
        Assert.That(HlClosures.Unwrap(made[0]).Method, Is.EqualTo(m.Vm.Program.GetMethod(m.Vm.Module.FindFunction(half)!)));
        Assert.That(HlClosures.Unwrap(made[0]).Target, Is.Null);
        Assert.That(HlClosures.GetClosureValue(made[0]), Is.Null);
        Assert.That(HlClosures.SameFunction(made[0], made[1]), Is.True);
        Assert.That(HlClosures.SameFunction(made[0], HlClosures.Unwrap(made[1])), Is.True);
        Assert.That(HlClosures.SameFunction(made[0], made[2]), Is.False);
        Assert.That(HlClosures.Call(HlClosures.NoClosure(made[0]), 6), Is.EqualTo(3));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void A_function_that_calls_itself_counts_its_levels(int calls)
    {
        var m = new TestModule();
        int f = m.Reserve();
        Assembler code = new Assembler().Op(OInt, 1, m.Builder.Int(1)).Jump(OJSLt, "end", 0, 1).Op(OSub, 0, 0, 1).Op(OMov, 2, 1);
        for (int i = 0; i < calls; i++)
            code.Op(OCall1, 3, f, 0).Op(OAdd, 2, 2, 3);
        m.Add(f, m.I32, [m.I32], [m.I32, m.I32, m.I32], code.Op(ORet, 2).Mark("end").Op(ORet, 1).Build());

        int expected = 1;
        for (int n = 0; n < 9; n++, expected = calls * expected + 1)
            Assert.That(m.Call(f, n), Is.EqualTo(expected));
    }
}
