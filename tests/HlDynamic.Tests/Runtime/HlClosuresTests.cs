using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlClosuresTests
{
    // Enough for what is compiled after some uses.
    private const int Often = 40;
    private readonly HlContext context = new();

    private delegate int WithReference(ref int value, int more);

    private delegate int Many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m, int n, int o, int p, int q);

    [Test]
    public void Arguments_are_converted_to_the_parameters_types()
    {
        Func<int, double, bool, HlBytes, string> function = (i, d, b, bytes) => $"{i} {d} {b} {bytes}";
        for (int n = 0; n < Often; n++)
            Assert.That(HlClosures.Call(function, 1.9, 2, 1, HlBytes.FromString("x")), Is.EqualTo("1 2 True x"));
    }

    [Test]
    public void Null_stands_for_zero_where_there_is_no_null()
    {
        Func<int, double, float, long, byte, ushort, bool, HlBytes, object?, bool> function = (i, d, f, l, b, u, x, bytes, o) =>
            i == 0 && d == 0 && f == 0 && l == 0 && b == 0 && u == 0 && !x && bytes.IsNull && o is null;
        for (int n = 0; n < Often; n++)
            Assert.That(HlClosures.Call(function, new object?[9]), Is.True);
    }

    [Test]
    public void Results_are_dynamic_values()
    {
        for (int n = 0; n < Often; n++)
        {
            Assert.That(HlClosures.Call((Func<int, int>)(i => i + 1), 5), Is.EqualTo(6));
            Assert.That(HlClosures.Call((Func<HlBytes>)(() => default)), Is.Null);
            Assert.That(HlClosures.Call((Func<long>)(() => 5L)), Is.EqualTo(5L));
            Assert.That(HlClosures.Call((Action<int>)(_ => { }), 5), Is.Null);
        }
    }

    [Test]
    public void Functions_of_dynamic_values_take_any_number_of_parameters()
    {
        Assert.That(HlClosures.Call((Func<object?>)(() => 0)), Is.EqualTo(0));
        Assert.That(HlClosures.Call((Func<object?, object?>)(a => a), 1), Is.EqualTo(1));
        Assert.That(HlClosures.Call((Func<object?, object?, object?>)((a, b) => b), 1, 2), Is.EqualTo(2));
        Assert.That(HlClosures.Call((Func<object?, object?, object?, object?>)((a, b, c) => c), 1, 2, 3), Is.EqualTo(3));
        Assert.That(HlClosures.Call((Func<object?, object?, object?, object?, object?>)((a, b, c, d) => d), 1, 2, 3, 4), Is.EqualTo(4));
        Assert.That(HlClosures.Call((Func<object?, object?, object?, object?, object?, object?>)((a, b, c, d, e) => e), 1, 2, 3, 4, 5), Is.EqualTo(5));
        object? seen = null;
        Assert.That(HlClosures.Call((Action)(() => seen = 1)), Is.Null);
        Assert.That(HlClosures.Call((Action<object?>)(a => seen = a), 2), Is.Null);
        Assert.That(seen, Is.EqualTo(2));
    }

    [Test]
    public void More_arguments_than_HashLink_allows_are_passed()
    {
        Many sum = (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q) => a + b + c + d + e + f + g + h + i + j + k + l + m + n + o + p + q;
        object?[] arguments = [.. Enumerable.Range(1, 17).Select(i => (object)i)];
        for (int n = 0; n < Often; n++)
            Assert.That(HlClosures.Call(sum, arguments), Is.EqualTo(153));
    }

    [Test]
    public void Extra_arguments_are_ignored()
    {
        for (int n = 0; n < Often; n++)
        {
            Assert.That(HlClosures.Call((Func<object?, object?>)(a => a), 1, 2, 3), Is.EqualTo(1));
            Assert.That(HlClosures.Call((Func<int, int>)(a => a), 1, "x"), Is.EqualTo(1));
        }
    }

    [Test]
    public void Missing_arguments_are_an_error()
    {
        // HashLink counts the value that a closure closes over.
        Assert.That(() => HlClosures.Call(Over(new HlDynObj(context))),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("Missing arguments : 2 expected but 1 passed"));
        Assert.That(() => HlClosures.Call((Func<object?, object?, object?>)((a, b) => a), 1),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("Missing arguments : 2 expected but 1 passed"));
    }

    [Test]
    public void An_argument_that_cannot_be_cast_is_an_error()
    {
        for (int n = 0; n < Often; n++)
            Assert.That(() => HlClosures.Call((Func<int, int>)(a => a), HlBytes.FromString("x")),
                Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast bytes to i32"));
    }

    [Test]
    public void Exceptions_come_out_as_they_are()
    {
        Func<int, int> function = _ => throw new InvalidTimeZoneException();
        for (int n = 0; n < Often; n++)
            Assert.That(() => HlClosures.Call(function, 1), Throws.TypeOf<InvalidTimeZoneException>());
    }

    [Test]
    public void A_reference_parameter_gets_a_variable_of_its_own()
    {
        WithReference function = (ref int value, int more) => value += more;
        for (int n = 0; n < Often; n++)
            Assert.That(HlClosures.Call(function, 5, 2.0), Is.EqualTo(7));
    }

    [Test]
    public void A_wrapper_converts_arguments_and_result()
    {
        Func<int, double> half = i => i / 2.0;
        var wrapped = (Func<double, int>)HlClosures.Wrap(context, half, typeof(Func<double, int>))!;
        for (int n = 0; n < Often; n++)
            Assert.That(wrapped(5.9), Is.EqualTo(2));
        Assert.That(HlClosures.Unwrap(wrapped), Is.SameAs(half));
    }

    [Test]
    public void A_wrapper_has_any_type_of_as_many_parameters()
    {
        Func<object?, object?, object?> second = (a, b) => b;
        var action = (Action<int, HlBytes>)HlClosures.Wrap(context, second, typeof(Action<int, HlBytes>))!;
        action(1, default);
        var typed = (Func<long, bool, bool>)HlClosures.Wrap(context, second, typeof(Func<long, bool, bool>))!;
        Assert.That(typed(1, true), Is.True);
        Assert.That(HlClosures.Wrap(context, second, typeof(Func<object, object>)), Is.Null);
        Func<int, int, int> add = (a, b) => a + b;
        int variable = 3;
        Assert.That(((WithReference)HlClosures.Wrap(context, add, typeof(WithReference))!)(ref variable, 4), Is.EqualTo(7));
    }

    [Test]
    public void A_cast_to_a_function_type_wraps_where_it_must()
    {
        Func<object, object> same = a => a;
        Assert.That(HlCast.ToFunction(same, typeof(Func<object, object>), context), Is.SameAs(same));
        Assert.That(HlCast.ToFunction(null, typeof(Action), context), Is.Null);
        Assert.That(() => HlCast.ToFunction(same, typeof(Action), context),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast (dynamic (dynamic)) to (void ())"));
        Assert.That(() => HlCast.ToFunction(5, typeof(Action<int>), context),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast i32 to (void (i32))"));
    }

    [Test]
    public void A_function_of_any_number_of_arguments_gets_them_as_an_array()
    {
        Delegate count = HlClosures.MakeVarArgs(context, a => a.Length);
        Assert.That(HlClosures.Call(count, 1, 2, 3), Is.EqualTo(3));
        Assert.That(HlClosures.Call(count), Is.EqualTo(0));
        Delegate first = HlClosures.MakeVarArgs(context, a => a[0]);
        Assert.That(((Func<int, double, double>)HlCast.ToFunction(first, typeof(Func<int, double, double>), context)!)(7, 2), Is.EqualTo(7.0));
        Assert.That(HlClosures.GetClosureValue(first), Is.Null);
        Assert.That(context.TypeOf(first).Parameters, Is.Empty);
    }

    [Test]
    public void Functions_are_the_same_by_method_and_object()
    {
        var a = new Target();
        Assert.That(HlClosures.SameFunction((Func<int, int>)a.Add, (Func<int, int>)a.Add));
        Assert.That(HlClosures.SameFunction((Func<int, int>)a.Add, (Func<int, int>)new Target().Add), Is.False);
        Assert.That(HlClosures.SameFunction((Func<int, int>)a.Add, null), Is.False);
        Assert.That(HlClosures.SameFunction(null, null));
        Assert.That(HlClosures.SameFunction(HlClosures.Wrap(context, (Func<int, int>)a.Add, typeof(Func<object, object>)), (Func<int, int>)a.Add));
    }

    [Test]
    public void A_closure_can_be_taken_apart_and_put_together()
    {
        HlDynObj a = new(context), b = new(context);
        Delegate closure = Over(a);
        Assert.That(HlClosures.GetClosureValue(closure), Is.SameAs(a));
        Delegate open = HlClosures.NoClosure(closure);
        Assert.That(HlClosures.GetClosureValue(open), Is.Null);
        Assert.That(HlClosures.NoClosure(open), Is.SameAs(open));
        HlFields.Set(context, b, context.Hash("value"), 10);
        Assert.That(HlClosures.Call(open, b, 5), Is.EqualTo(15));
        Delegate other = HlClosures.MakeClosure(open, b)!;
        Assert.That(HlClosures.Call(other, 5), Is.EqualTo(15));
        Assert.That(HlClosures.SameFunction(other, Over(b)));
        Assert.That(HlClosures.MakeClosure(closure, b), Is.EqualTo(other));
        Assert.That(HlClosures.MakeClosure(open, "no object"), Is.Null);
        Assert.That(HlClosures.MakeClosure(open, null), Is.Null);
    }

    [Test]
    public void A_method_can_be_taken_from_its_object()
    {
        var a = new HlDynObj(context);
        Delegate open = HlClosures.NoClosure((Func<int, bool>)a.Has);
        Assert.That(HlClosures.Call(open, a, 5), Is.False);
        Assert.That(HlClosures.SameFunction(HlClosures.MakeClosure(open, a), (Func<int, bool>)a.Has));
    }

    [Test]
    public void What_host_functions_close_over_is_hidden()
    {
        Func<int, int> function = new Target().Add;
        Assert.That(HlClosures.GetClosureValue(function), Is.Null);
        Assert.That(HlClosures.NoClosure(function), Is.SameAs(function));
    }

    [Test]
    public void Texts_of_host_functions_become_Haxe_values()
    {
        Assert.That(HlClosures.Call(context, (Func<string>)(() => "text")), Is.TypeOf<HlBytes>());
        Assert.That(HlClosures.Call(context, (Func<string, int>)(s => s.Length), HlBytes.FromString("four")), Is.EqualTo(4));
        Assert.That(HlClosures.Call(context, (Func<short>)(() => 5)), Is.EqualTo(5));
    }

    private static Delegate Over(HlDynObj obj) =>
        Delegate.CreateDelegate(typeof(Func<int, int>), obj, typeof(HlClosuresTests).GetMethod(nameof(AddTo))!);

    public static int AddTo(HlDynObj obj, int value) => HlCast.ToI32(obj.Entries[0].Value) + value;

    private sealed class Target
    {
        public int Value { get; init; }

        public int Add(int value) => Value + value;
    }
}
