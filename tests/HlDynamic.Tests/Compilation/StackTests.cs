using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;
using static HlDynamic.Tests.Bytecode.ModuleBuilder;

namespace HlDynamic.Tests.Compilation;

/// <summary>Recursion without end is an exception that Haxe code can catch, whichever way it goes, and nothing is the worse for it.</summary>
public sealed class StackTests
{
    private TestModule m = null!;

    [SetUp]
    public void Create() => m = new TestModule();

    [Test]
    public void A_function_that_calls_itself()
    {
        int f = m.Reserve();
        m.Add(f, m.I32, [m.I32], [m.I32], [Op(OCall1, 1, f, 0), Op(OIncr, 1), Op(ORet, 1)]);

        AssertOverflow(f, 1);
    }

    [Test]
    public void Functions_that_call_each_other()
    {
        int f = m.Reserve(), g = m.Reserve(), h = m.Reserve();
        m.Add(f, m.I32, [m.I32], [m.I32], [Op(OCall1, 1, g, 0), Op(OIncr, 1), Op(ORet, 1)]);
        m.Add(g, m.I32, [m.I32], [m.I32], [Op(OCall1, 1, h, 0), Op(OIncr, 1), Op(ORet, 1)]);
        m.Add(h, m.I32, [m.I32], [m.I32], [Op(OCall1, 1, f, 0), Op(OIncr, 1), Op(ORet, 1)]);

        AssertOverflow(f, 1);
    }

    [Test]
    public void A_closure_that_calls_itself()
    {
        int closure = m.Builder.Fun(m.I32), global = m.Builder.Global(closure), f = m.Reserve();
        m.Add(f, m.I32, [], [closure, m.I32], [Op(OStaticClosure, 0, f), Op(OSetGlobal, global, 0), Op(OGetGlobal, 0, global), Op(OCallClosure, 1, 0, 0), Op(OIncr, 1), Op(ORet, 1)]);

        AssertOverflow(f);
    }

    [Test]
    public void A_closure_that_is_called_dynamically()
    {
        int f = m.Reserve();
        m.Add(f, m.I32, [m.I32], [m.Dyn, m.Dyn], [Op(OStaticClosure, 1, f), Op(OToDyn, 2, 0), Op(OCallClosure, 0, 1, 1, 2), Op(OIncr, 0), Op(ORet, 0)]);

        AssertOverflow(f, 1);
    }

    [Test]
    public void A_method_that_calls_itself()
    {
        int method = m.Reserve();
        int type = m.Builder.Obj("Thing", prototypes: [("get", method, 0)]);
        m.Add(method, m.I32, [type], [m.I32], [Op(OCallThis, 1, 0, 0), Op(OIncr, 1), Op(ORet, 1)]);
        int f = m.Add(m.I32, [], [type, m.I32], Op(ONew, 0), Op(OCallMethod, 1, 0, 1, 0), Op(ORet, 1));

        AssertOverflow(f);
    }

    [Test]
    public void A_method_that_calls_itself_through_a_view()
    {
        int method = m.Reserve();
        int type = m.Builder.Obj("Thing", prototypes: [("get", method, -1)]), view = m.Builder.Virtual(("get", m.Builder.Method(m.I32)));
        m.Add(method, m.I32, [type], [view, m.I32], [Op(OToVirtual, 1, 0), Op(OCallMethod, 2, 0, 1, 1), Op(OIncr, 2), Op(ORet, 2)]);
        int f = m.Add(m.I32, [], [type, m.I32], Op(ONew, 0), Op(OCall1, 1, method, 0), Op(ORet, 1));

        AssertOverflow(f);
    }

    [Test]
    public void A_comparison_that_compares()
    {
        int compare = m.Reserve();
        int type = m.Builder.Obj("Thing", prototypes: [("__compare", compare, -1)]);
        m.Add(compare, m.I32, [type, m.Dyn], [type, m.I32],
            new Assembler().Op(ONew, 2).Op(OInt, 3, m.Builder.Int(1)).Jump(OJEq, "end", 0, 2).Op(OIncr, 3).Mark("end").Op(ORet, 3).Build());
        int f = m.Add(m.I32, [], [type, type, m.I32], Op(ONew, 0), Op(ONew, 1), Op(OJEq, 0, 1, 0), Op(ORet, 2));

        AssertOverflow(f);
    }

    [Test]
    public void A_dynamic_comparison_that_compares()
    {
        int compare = m.Reserve();
        int type = m.Builder.Obj("Thing", prototypes: [("__compare", compare, -1)]);
        m.Add(compare, m.I32, [type, m.Dyn], [type, m.Dyn, m.I32],
            new Assembler().Op(ONew, 2).Op(OMov, 3, 2).Op(OInt, 4, m.Builder.Int(1)).Jump(OJEq, "end", 1, 3).Op(OIncr, 4).Mark("end").Op(ORet, 4).Build());
        int f = m.Add(m.I32, [], [type, m.Dyn, type, m.Dyn, m.I32],
            Op(ONew, 0), Op(OMov, 1, 0), Op(ONew, 2), Op(OMov, 3, 2), Op(OJEq, 1, 3, 0), Op(ORet, 4));

        AssertOverflow(f);
    }

    [Test]
    public void A_text_that_needs_a_text()
    {
        int toText = m.Reserve(), reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        int native = m.AddNative("std", "value_to_string", m.Bytes, m.Dyn, reference);
        int type = m.Builder.Obj("Thing", prototypes: [("__string", toText, -1)]);
        m.Add(toText, m.Bytes, [type], [m.Dyn, m.I32, reference, m.Bytes],
            [Op(OMov, 1, 0), Op(ORef, 3, 2), Op(OCall2, 4, native, 1, 3), Op(ORet, 4)]);
        int f = m.Add(m.Bytes, [], [type, m.Bytes], Op(ONew, 0), Op(OCall1, 1, toText, 0), Op(ORet, 1));

        AssertOverflow(f);
    }

    [Test]
    public void A_native_that_calls_back()
    {
        int array = m.Builder.Type(HlTypeKind.Array), type = m.Builder.Type(HlTypeKind.Type);
        int call = m.AddNative("std", "call_method", m.Dyn, m.Dyn, array), alloc = m.AddNative("std", "alloc_array", array, type, m.I32);
        int f = m.Reserve();
        m.Add(f, m.Dyn, [], [m.Dyn, array, type, m.I32],
            [Op(OStaticClosure, 0, f), Op(OType, 2, m.Dyn), Op(OInt, 3, m.Builder.Int(0)), Op(OCall2, 1, alloc, 2, 3), Op(OCall2, 0, call, 0, 1), Op(ORet, 0)]);

        AssertOverflow(f);
    }

    [Test]
    public void A_function_wrapped_a_million_times()
    {
        int one = m.Add(m.I32, [], [m.I32], Op(OInt, 0, m.Builder.Int(1)), Op(ORet, 0));
        int own = m.Builder.Fun(m.I32), other = m.Builder.Fun(m.F64);
        int f = m.Add(m.I32, [m.I32], [own, other, m.I32],
            new Assembler()
                .Op(OInt, 3, m.Builder.Int(0)).Op(OStaticClosure, 1, one)
                .Mark("loop").Op(OLabel).Jump(OJSGte, "call", 3, 0)
                .Op(OUnsafeCast, 2, 1).Op(OUnsafeCast, 1, 2).Op(OIncr, 3).Jump(OJAlways, "loop")
                .Mark("call").Op(OCallClosure, 3, 1, 0).Op(ORet, 3).Build());

        AssertOverflow(f, 1_000_000);
        Assert.That(m.Call(f, 10), Is.EqualTo(1));
    }

    [Test]
    public void A_function_wrapped_dynamically_a_million_times()
    {
        int one = m.Add(m.I32, [], [m.I32], Op(OInt, 0, m.Builder.Int(1)), Op(ORet, 0));
        int own = m.Builder.Fun(m.I32), other = m.Builder.Fun(m.F64);
        int f = m.Add(m.I32, [m.I32], [own, other, m.I32, m.Dyn],
            new Assembler()
                .Op(OInt, 3, m.Builder.Int(0)).Op(OStaticClosure, 1, one)
                .Mark("loop").Op(OLabel).Jump(OJSGte, "call", 3, 0)
                .Op(OMov, 4, 1).Op(OSafeCast, 2, 4).Op(OMov, 4, 2).Op(OSafeCast, 1, 4).Op(OIncr, 3).Jump(OJAlways, "loop")
                .Mark("call").Op(OCallClosure, 3, 1, 0).Op(ORet, 3).Build());

        AssertOverflow(f, 1_000_000);
        Assert.That(m.Call(f, 10), Is.EqualTo(1));
    }

    [Test]
    public void A_text_of_a_structure_a_million_deep()
    {
        int reference = m.Builder.Wrapper(HlTypeKind.Ref, m.I32);
        int native = m.AddNative("std", "value_to_string", m.Bytes, m.Dyn, reference);
        int list = m.Builder.Enum("List", ("Cons", [m.Dyn]));
        int f = m.Add(m.Bytes, [m.I32], [list, m.Dyn, m.I32, reference, m.Bytes],
            new Assembler()
                .Op(OInt, 3, m.Builder.Int(0))
                .Mark("loop").Op(OLabel).Jump(OJSGte, "text", 3, 0)
                .Op(OMakeEnum, 1, 0, 1, 2).Op(OMov, 2, 1).Op(OIncr, 3).Jump(OJAlways, "loop")
                .Mark("text").Op(ORef, 4, 3).Op(OCall2, 5, native, 2, 4).Op(ORet, 5).Build());

        AssertOverflow(f, 1_000_000);
        Assert.That(TestModule.Plain(m.Call(f, 2)), Does.StartWith("Cons(Cons("));
    }

    [Test]
    public void Code_catches_the_end_of_the_stack_and_goes_on()
    {
        int f = m.Reserve();
        m.Add(f, m.I32, [m.I32], [m.I32], [Op(OCall1, 1, f, 0), Op(OIncr, 1), Op(ORet, 1)]);
        int g = m.Add(m.I32, [m.I32], [m.I32, m.Dyn],
            new Assembler()
                .Op(OInt, 1, m.Builder.Int(0))
                .Mark("loop").Op(OLabel)
                .Jump(OTrap, "handler", 2)
                .Op(OCall1, 1, f, 0)
                .Op(OEndTrap, 1)
                .Mark("handler")
                .Op(OIncr, 1)
                .Jump(OJSLt, "loop", 1, 0)
                .Op(ORet, 1).Build());

        Assert.That(m.Call(g, 20), Is.EqualTo(20));
    }

    [Test]
    public void Recursion_with_an_end_may_be_deep()
    {
        int f = m.Reserve();
        m.Add(f, m.I32, [m.I32], [m.I32],
            new Assembler().Op(OInt, 1, m.Builder.Int(0)).Jump(OJSLte, "end", 0, 1).Op(ODecr, 0).Op(OCall1, 1, f, 0).Op(OIncr, 1).Mark("end").Op(ORet, 1).Build());

        // As "hldyn run" does.
        object? result = null;
        var thread = new Thread(() => result = m.Call(f, 1_000_000), 256 << 20);
        thread.Start();
        thread.Join();
        Assert.That(result, Is.EqualTo(1_000_000));
    }

    private void AssertOverflow(int function, params object?[] arguments)
    {
        for (int i = 0; i < 3; i++)
            Assert.That(m.CallToThrow(function, arguments), Is.EqualTo("Stack overflow"));
    }
}
