using System.Runtime.CompilerServices;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Haxe enum values in C#: made, taken apart, compared.</summary>
[TestFixture("4.2.5", false)]
[TestFixture("4.3.6", false)]
[TestFixture("4.2.5", true)]
[TestFixture("4.3.6", true)]
public sealed class EnumTests(string version, bool areUsed) : ValuesFixture(version, areUsed)
{
    private dynamic Shade
    {
        get
        {
            dynamic hl = Vm;
            return hl.Shade;
        }
    }

    [Test]
    public void Values_are_made_by_their_constructors()
    {
        Assert.That((string)Haxe.shade(Shade.Red), Is.EqualTo("red"));
        Assert.That((string)Haxe.shade(Shade.Rgb(1, 2, 3)), Is.EqualTo("rgb 1 2 3"));
        Assert.That((string)Haxe.shade(Shade.Mix(Shade.Red, Shade.Named("x"))), Is.EqualTo("mix red and named x"));
        Assert.That(() => Shade.Rgb("a", 2, 3), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void They_tell_constructor_index_and_arguments()
    {
        dynamic value = Haxe.makeShade(4, 5, 6);
        Assert.That((string)value.Constructor, Is.EqualTo("Rgb"));
        Assert.That((int)value.Index, Is.EqualTo(1));
        Assert.That((int)value.Count, Is.EqualTo(3));
        Assert.That((int)value[0] + (int)value[2], Is.EqualTo(10));
        Assert.That((IEnumerable<object?>)value.Parameters, Is.EqualTo(new object[] { 4, 5, 6 }));
        dynamic named = Shade.Named("n");
        Assert.That((string)named[0], Is.EqualTo("n"));
        Assert.That(() => value[3], Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static string Describe(object? value) => value switch
    {
        ("Rgb", int r, int g, int b) => $"{r}-{g}-{b}",
        ("Named", string name) => name,
        ("Mix", var a, HlEnum { Constructor: "Red" }) => Describe(a) + " with red",
        ITuple { Length: 1 } and HlEnum { Constructor: var name } => name,
        _ => "else",
    };

    [Test]
    public void They_are_taken_apart_by_patterns()
    {
        Assert.That(Describe(Haxe.makeShade(1, 2, 3)), Is.EqualTo("1-2-3"));
        Assert.That(Describe(Shade.Named("grey")), Is.EqualTo("grey"));
        Assert.That(Describe(Haxe.mix(Shade.Named("grey"), Shade.Red)), Is.EqualTo("grey with red"));
        Assert.That(Describe(Shade.Red), Is.EqualTo("Red"));
        Assert.That(Describe(Haxe.mix(Shade.Red, Shade.Named("grey"))), Is.EqualTo("else"));
    }

    [Test]
    public void A_value_known_to_be_one_is_deconstructed()
    {
        var value = (HlEnum)Haxe.makeShade(7, 8, 9);
        (string constructor, object? first) = value;
        Assert.That((constructor, first), Is.EqualTo(("Rgb", 7)));
        Assert.That(value is ("Rgb", int, 8, int last) ? last : 0, Is.EqualTo(9));
        Assert.That((HlEnum)Shade.Red is ("Rgb", _, _, _), Is.False);
    }

    [Test]
    public void A_switch_over_the_constructor()
    {
        dynamic value = Shade.Named("n");
        string text = value.Constructor switch
        {
            "Red" => "r",
            "Named" => (string)value[0],
            _ => "?",
        };
        Assert.That(text, Is.EqualTo("n"));
    }

    [Test]
    public void Equality_is_structural()
    {
        object a = Haxe.makeShade(1, 2, 3), b = Shade.Rgb(1, 2, 3), c = Shade.Rgb(1, 2, 4);
        Assert.That(a, Is.Not.SameAs(b));
        Assert.That(a, Is.EqualTo(b));
        Assert.That(a.GetHashCode(), Is.EqualTo(b.GetHashCode()));
        Assert.That(a, Is.Not.EqualTo(c));
        Assert.That((object)Shade.Mix(Shade.Red, a), Is.EqualTo((object)Shade.Mix(Shade.Red, b)));
        Assert.That((object)Shade.Named("x"), Is.EqualTo((object)Shade.Named("x")));
        Assert.That((object)Shade.Red, Is.SameAs((object)Shade.Red));
        Assert.That(new HashSet<object> { a, b, c }, Has.Count.EqualTo(2));
    }

    [Test]
    public void Text_is_Haxe_s() => Assert.That(Haxe.makeShade(1, 2, 3).ToString(), Is.EqualTo("Rgb(1,2,3)"));

    private enum Colour
    {
        Red,
        Green,
    }

    [Test]
    public void Constructors_without_arguments_are_constants_of_a_csharp_enum()
    {
        Assert.That((string)Haxe.shade(Colour.Red), Is.EqualTo("red"));
        Assert.That(() => Haxe.shade(Colour.Green), Throws.TypeOf<HlConversionException>());
        Colour colour = Shade.Red;
        Assert.That(colour, Is.EqualTo(Colour.Red));
    }

    [Test]
    public void The_same_by_name()
    {
        var value = Vm.CallStatic<HlEnum>("Values", "makeShade", 1, 2, 3);
        Assert.That(Vm.CallStatic<string>("Values", "shade", value), Is.EqualTo("rgb 1 2 3"));
    }

    [Test]
    public void A_callback_gets_and_gives_values()
    {
        Assert.That((string)Haxe.callShade((Func<dynamic, object>)(s => Shade.Rgb(s[2], s[1], s[0]))), Is.EqualTo("rgb 3 2 1"));
        Assert.That((string)Haxe.callShade((Func<HlEnum, HlEnum>)(s => s)), Is.EqualTo("rgb 1 2 3"));
        Assert.That((string)Haxe.callShade((Func<HlEnum, Colour>)(_ => Colour.Red)), Is.EqualTo("red"));
    }
}
