using HlDynamic.Bytecode;
using NUnit.Framework;
using static HlDynamic.Bytecode.HlOpcode;

namespace HlDynamic.Tests.Compilation;

/// <summary>Traps, throws and returns.</summary>
public sealed class ExitsTests
{
    // Registers of the functions under test: the parameter says what the called function throws, if it is not negative.
    private const int Parameter = 0, Result = 1, Error = 2, Other = 3, Nothing = 4;

    private TestModule m = null!;
    private int thrower;

    [SetUp]
    public void AddThrower()
    {
        m = new TestModule();
        // Throws its argument, unless that is negative; returns it then.
        thrower = m.Add(m.I32, [m.I32], [m.I32, m.Dyn],
            new Assembler()
                .Op(OInt, 1, m.Builder.Int(0))
                .Jump(OJSLt, "return", 0, 1)
                .Op(OToDyn, 2, 0)
                .Op(OThrow, 2)
                .Mark("return")
                .Op(ORet, 0)
                .Build());
    }

    [Test]
    public void A_handler_gets_what_is_thrown()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Op(ORet, Result)
            .Mark("handler")
            .Op(OSafeCast, Result, Error)
            .Op(OIncr, Result)
            .Op(ORet, Result));

        Assert.That(m.Call(function, -5), Is.EqualTo(-5));
        Assert.That(m.Call(function, 5), Is.EqualTo(6));
    }

    [Test]
    public void An_inner_handler_comes_first_and_may_throw_to_the_outer_one()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "outer", Error)
            .Jump(OTrap, "inner", Other)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Op(OEndTrap, 1)
            .Op(ORet, Result)
            .Mark("inner")
            .Op(OSafeCast, Result, Other)
            .Op(OIncr, Result)
            .Op(OCall1, Result, thrower, Result)
            .Op(OEndTrap, 1)
            .Op(ORet, Result)
            .Mark("outer")
            .Op(OSafeCast, Result, Error)
            .Op(OAdd, Result, Result, Result)
            .Op(ORet, Result));

        Assert.That(m.Call(function, -5), Is.EqualTo(-5));
        Assert.That(m.Call(function, 5), Is.EqualTo(12));
    }

    [Test]
    public void A_function_returns_out_of_two_traps()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "outer", Error)
            .Jump(OTrap, "inner", Other)
            .Op(OInt, Result, m.Builder.Int(-1))
            .Jump(OJSLt, "no", Parameter, Result)
            .Op(OEndTrap, 1)
            .Op(OEndTrap, 1)
            .Op(ORet, Parameter)
            .Mark("no")
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Mark("inner")
            .Op(OEndTrap, 1)
            .Mark("outer")
            .Op(OInt, Result, m.Builder.Int(77))
            .Op(ORet, Result));

        Assert.That(m.Call(function, 5), Is.EqualTo(5));
        Assert.That(m.Call(function, -5), Is.EqualTo(77));
    }

    [Test]
    public void A_loop_goes_on_or_ends_out_of_a_trap()
    {
        // for (i = p; ; i++) try { if (i < 0) continue; if (i == 3) break; throw i; } catch { r += i }
        int function = Add(new Assembler()
            .Op(OInt, Result, m.Builder.Int(0))
            .Mark("loop")
            .Op(OLabel)
            .Jump(OTrap, "handler", Error)
            .Op(OInt, Counter, m.Builder.Int(0))
            .Jump(OJSGte, "positive", Parameter, Counter)
            .Op(OEndTrap, 1)
            .Jump(OJAlways, "next")
            .Mark("positive")
            .Op(OInt, Counter, m.Builder.Int(3))
            .Jump(OJNotEq, "throw", Parameter, Counter)
            .Op(OEndTrap, 1)
            .Jump(OJAlways, "end")
            .Mark("throw")
            .Op(OCall1, Counter, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Jump(OJAlways, "next")
            .Mark("handler")
            .Op(OSafeCast, Counter, Error)
            .Op(OAdd, Result, Result, Counter)
            .Mark("next")
            .Op(OIncr, Parameter)
            .Jump(OJAlways, "loop")
            .Mark("end")
            .Op(ORet, Result), m.I32);

        Assert.That(m.Call(function, -3), Is.EqualTo(0 + 1 + 2));
    }

    [Test]
    public void A_handler_that_is_the_next_instruction_is_reached_both_ways()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Mark("handler")
            .Op(OIncr, Result)
            .Op(ORet, Result));

        Assert.That(m.Call(function, -5), Is.EqualTo(-4));
        Assert.That(m.Call(function, 5), Is.EqualTo(1));
    }

    [Test]
    public void A_trap_may_end_before_its_range_does()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Op(OIncr, Result)
            .Op(ONeg, Result, Result)
            .Op(OCall1, Result, thrower, Result)
            .Op(ORet, Result)
            .Mark("handler")
            .Op(OInt, Result, m.Builder.Int(77))
            .Op(ORet, Result));

        Assert.That(m.Call(function, 5), Is.EqualTo(77));
        Assert.That(m.CallToThrow(function, -5), Is.EqualTo("4"));
    }

    [Test]
    public void A_switch_leaves_a_trap()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(OSwitch, Parameter, 2, 1, 1, 3)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Op(ORet, Parameter)
            .Mark("handler")
            .Op(OInt, Result, m.Builder.Int(77))
            .Op(ORet, Result));

        Assert.That(m.Call(function, 0), Is.Zero);
        Assert.That(m.Call(function, 1), Is.EqualTo(1));
        Assert.That(m.Call(function, 2), Is.EqualTo(77));
    }

    [Test]
    public void A_value_is_thrown_again()
    {
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(OCall1, Result, thrower, Parameter)
            .Op(OEndTrap, 1)
            .Op(ORet, Result)
            .Mark("handler")
            .Op(ORethrow, Error));

        Assert.That(m.CallToThrow(function, 5), Is.EqualTo("5"));
    }

    [Test]
    public void Faults_of_compiled_code_are_caught_as_values()
    {
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int function = Add(new Assembler()
            .Jump(OTrap, "handler", Error)
            .Op(ONull, Counter)
            .Op(OField, Result, Counter, 0)
            .Op(OEndTrap, 1)
            .Op(ORet, Result)
            .Mark("handler")
            .Op(ORethrow, Error), type);

        Assert.That(m.CallToThrow(function, 5), Is.EqualTo("Null access"));
    }

    [Test]
    public void A_null_check_names_the_field()
    {
        int type = m.Builder.Obj("Thing", fields: [("n", m.I32)]);
        int function = m.Add(m.I32, [type], [m.I32], new Assembler().Op(ONullCheck, 0).Op(OField, 1, 0, 0).Op(ORet, 1).Build());

        Assert.That(m.CallToThrow(function, [null]), Is.EqualTo("Null access .n"));
    }

    [Test]
    public void An_assertion_throws()
    {
        int function = Add(new Assembler().Op(OAssert));

        Assert.That(m.CallToThrow(function, 5), Is.EqualTo("assert"));
    }

    [Test]
    public void Machine_code_throws_when_it_is_reached()
    {
        int function = Add(new Assembler()
            .Op(OInt, Result, m.Builder.Int(0))
            .Jump(OJSLt, "machine", Parameter, Result)
            .Op(ORet, Parameter)
            .Mark("machine")
            .Op(OAsm, 0, 0, 0)
            .Op(ORet, Parameter));

        Assert.That(m.Call(function, 5), Is.EqualTo(5));
        Assert.That(m.CallToThrow(function, -5), Does.Contain("Machine code in ").And.Contain("is not supported"));
    }

    [Test]
    public void A_void_function_may_return_any_register()
    {
        int function = m.Add(m.Void, [m.I32], [], new Assembler().Op(ORet, 0).Build());

        Assert.That(m.Call(function, 5), Is.Null);
    }

    [Test]
    public void Control_that_runs_past_the_end_is_refused()
    {
        Add(new Assembler().Op(OIncr, Parameter));

        var error = Assert.Throws<HlBytecodeException>(() => _ = m.Vm);
        Assert.That(error!.Message, Does.Contain("control runs past the last instruction"));
    }

    private const int Counter = 5;

    private int Add(Assembler code, int more = -1) =>
        m.Add(m.I32, [m.I32], more < 0 ? [m.I32, m.Dyn, m.Dyn, m.Void] : [m.I32, m.Dyn, m.Dyn, m.Void, more], code.Build());
}
