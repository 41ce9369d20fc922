using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlDynObjTests
{
    private readonly HlContext context = new();

    [Test]
    public void A_field_that_is_set_is_there_with_its_type()
    {
        var obj = new HlDynObj(context);
        obj.Set(7, context.Basic(HlTypeKind.I32), 42);
        Assert.That(obj.Has(7));
        Assert.That(obj.Find(7).Value, Is.EqualTo(42));
        Assert.That(obj.Find(7).Type, Is.SameAs(context.Basic(HlTypeKind.I32)));
        Assert.That(obj.Has(8), Is.False);
    }

    [Test]
    public void Fields_keep_the_order_in_which_they_were_added()
    {
        HlDynObj obj = Numbers(50);
        for (int i = 0; i < 50; i++)
            Assert.That(obj.Entries[i].Value, Is.EqualTo(i));
    }

    [Test]
    public void A_removed_field_is_gone_and_the_others_stay()
    {
        HlDynObj obj = Numbers(10);
        Assert.That(obj.Remove(Key(3)));
        Assert.That(obj.Remove(Key(3)), Is.False);
        Assert.That(obj.Entries.Length, Is.EqualTo(9));
        for (int i = 0; i < 10; i++)
            Assert.That(obj.Has(Key(i)), Is.EqualTo(i != 3));
    }

    [Test]
    public void A_value_of_the_same_size_stays_in_its_place()
    {
        HlDynObj obj = Numbers(3);
        obj.Set(Key(0), context.Basic(HlTypeKind.F32), 1.5f);
        Assert.That(obj.Entries[0].Value, Is.EqualTo(1.5f));
    }

    [Test]
    public void A_value_of_another_size_becomes_the_last_field()
    {
        HlDynObj obj = Numbers(3);
        obj.Set(Key(0), context.Basic(HlTypeKind.F64), 1.5);
        Assert.That(obj.Entries.Length, Is.EqualTo(3));
        Assert.That(obj.Entries[2].Value, Is.EqualTo(1.5));
        Assert.That(obj.Find(Key(0)).Value, Is.EqualTo(1.5));
    }

    [Test]
    public void A_copy_has_fields_of_its_own()
    {
        HlDynObj obj = Numbers(3);
        HlDynObj copy = obj.Copy();
        copy.Set(Key(1), context.Basic(HlTypeKind.I32), -1);
        copy.Remove(Key(2));
        Assert.That(obj.Find(Key(1)).Value, Is.EqualTo(1));
        Assert.That(obj.Has(Key(2)));
    }

    [Test]
    public void A_remembered_slot_is_only_a_guess()
    {
        HlDynObj first = Numbers(5), second = Numbers(2);
        int slot = 0;
        Assert.That(first.Find(Key(4), ref slot).Value, Is.EqualTo(4));
        Assert.That(slot, Is.EqualTo(4));
        Assert.That(second.Find(Key(1), ref slot).Value, Is.EqualTo(1));
        Assert.That(Unsafe.IsNullRef(ref second.Find(Key(4), ref slot)));
    }

    // Negative and colliding numbers occur.
    private static int Key(int i) => (i * 64) - 128;

    private HlDynObj Numbers(int count)
    {
        var obj = new HlDynObj(context);
        for (int i = 0; i < count; i++)
            obj.Set(Key(i), context.Basic(HlTypeKind.I32), i);
        return obj;
    }
}
