using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlContextTests
{
    // What HashLink's hl_hash_gen computes.
    [TestCase("", 0)]
    [TestCase("a", 97)]
    [TestCase("x", 120)]
    [TestCase("length", -16280745)]
    [TestCase("__string", -111176985)]
    [TestCase("someRatherLongFieldName", -405792074)]
    public void A_name_has_the_number_it_has_in_HashLink(string name, int hash) => Assert.That(new HlContext().Hash(name), Is.EqualTo(hash));

    [Test]
    public void A_number_leads_back_to_its_name()
    {
        var context = new HlContext();
        Assert.That(context.FindName(context.Hash("field")), Is.EqualTo("field"));
        Assert.That(context.FindName(1), Is.Null);
    }

    [Test]
    public void Names_of_one_number_get_neighbouring_ones()
    {
        // 223 * 'b' + 'a' == 223 * 'a' + ('a' + 223)
        var context = new HlContext();
        int first = context.Hash("ba"), second = context.Hash("a" + (char)('a' + 223));
        Assert.That(second, Is.EqualTo(first + 1));
        Assert.That(context.FindName(second), Is.EqualTo("a" + (char)('a' + 223)));
        Assert.That(context.Hash("ba"), Is.EqualTo(first));
    }

    [Test]
    public void Every_value_has_a_type()
    {
        var context = new HlContext();
        Assert.That(context.TypeOf(null).Kind, Is.EqualTo(HlTypeKind.Void));
        Assert.That(context.TypeOf(1).Kind, Is.EqualTo(HlTypeKind.I32));
        Assert.That(context.TypeOf(new HlDynObj(context)).Kind, Is.EqualTo(HlTypeKind.DynObj));
        Assert.That(context.TypeOf((Func<int, double>)(i => i)).ToString(), Is.EqualTo("(f64 (i32))"));
        Assert.That(context.TypeOf(new object()), Is.SameAs(context.Foreign));
    }
}
