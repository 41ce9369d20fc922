using HlDynamic.Bytecode;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Runtime;

public sealed class HlSiteTests
{
    private readonly HlContext context = new();

    [Test]
    public void A_field_of_a_dynamic_object_is_read_as_what_is_asked_for()
    {
        var obj = new HlDynObj(context);
        var site = new HlSite(context, "x");
        site.SetF64(obj, 2.5);
        Assert.That(site.GetDyn(obj), Is.EqualTo(2.5));
        Assert.That(site.GetI32(obj), Is.EqualTo(2));
        Assert.That(site.GetF64(obj), Is.EqualTo(2.5));
        Assert.That(site.GetF32(obj), Is.EqualTo(2.5f));
        Assert.That(site.GetI64(obj), Is.EqualTo(2L));
        Assert.That(site.GetBool(obj), Is.True);
        Assert.That(site.Get(obj, context.Basic(HlTypeKind.I32)), Is.EqualTo(2));
        Assert.That(() => site.GetBytes(obj), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Can't cast f64 to bytes"));
    }

    [Test]
    public void A_field_of_a_dynamic_object_has_the_type_it_was_set_as()
    {
        var obj = new HlDynObj(context);
        var site = new HlSite(context, "x");
        site.SetI32(obj, 1);
        Assert.That(obj.Entries[0].Type.Kind, Is.EqualTo(HlTypeKind.I32));
        site.SetBool(obj, true);
        Assert.That(obj.Entries[0].Type.Kind, Is.EqualTo(HlTypeKind.Bool));
        site.SetI64(obj, 1);
        site.SetF32(obj, 1);
        site.SetBytes(obj, HlBytes.FromString("x"));
        Assert.That(obj.Entries[0].Type.Kind, Is.EqualTo(HlTypeKind.Bytes));
        site.Set(obj, 5, context.Basic(HlTypeKind.Dyn));
        Assert.That(obj.Entries[0].Type.Kind, Is.EqualTo(HlTypeKind.Dyn));
        Assert.That(site.GetI32(obj), Is.EqualTo(5));
    }

    [Test]
    public void A_field_that_is_not_there_is_null_or_zero()
    {
        var obj = new HlDynObj(context);
        var site = new HlSite(context, "x");
        Assert.That(site.GetDyn(obj), Is.Null);
        Assert.That(site.GetI32(obj), Is.Zero);
        Assert.That(site.GetBytes(obj).IsNull);
    }

    [Test]
    public void Null_has_no_fields()
    {
        var site = new HlSite(context, "speed");
        Assert.That(() => site.GetDyn(null), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access .speed"));
        Assert.That(() => site.SetI32(null, 1), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access .speed"));
        Assert.That(() => site.Call(null), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access .speed"));
    }

    [Test]
    public void Basic_values_have_no_fields()
    {
        var site = new HlSite(context, "x");
        Assert.That(() => site.GetDyn(5), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Invalid field access"));
        Assert.That(() => site.SetI32(1.5, 5), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Invalid field access"));
        Assert.That(HlFields.Get(context, 5, context.Hash("x")), Is.Null);
    }

    [Test]
    public void A_function_in_a_field_is_called()
    {
        var obj = new HlDynObj(context);
        var site = new HlSite(context, "twice");
        site.Set(obj, (Func<int, int>)(i => i * 2), context.TypeOf((Func<int, int>)(i => i * 2)));
        for (int i = 0; i < 40; i++)
            Assert.That(site.Call(obj, i), Is.EqualTo(2 * i));
    }

    [Test]
    public void What_cannot_be_called_is_named()
    {
        var obj = new HlDynObj(context);
        var site = new HlSite(context, "f");
        Assert.That(() => site.Call(obj), Throws.TypeOf<HaxeException>().With.Message.EqualTo("dynobj has no method f"));
        site.SetI32(obj, 1);
        Assert.That(() => site.Call(obj), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Field f is of type i32 and cannot be called"));
        Assert.That(() => site.Call(5), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Invalid field access"));
    }

    [Test]
    public void Host_objects_have_their_public_members()
    {
        var host = new Host();
        Assert.That(new HlSite(context, "Count").GetI32(host), Is.EqualTo(3));
        new HlSite(context, "Count").SetF64(host, 4);
        Assert.That(host.Count, Is.EqualTo(4));
        Assert.That(new HlSite(context, "Add").Call(host, 1, 2.0), Is.EqualTo(3));
        Assert.That(new HlSite(context, "Name").GetBytes(host).ToString(), Is.EqualTo("host"));
        Assert.That(HlClosures.Call((Delegate)new HlSite(context, "Add").GetDyn(host)!, 3, 4), Is.EqualTo(7));
        Assert.That(() => new HlSite(context, "nothing").GetDyn(host),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("HlDynamic.Tests.Runtime.HlSiteTests+Host has no member nothing"));
        Assert.That(() => new HlSite(context, "nothing").Call(host),
            Throws.TypeOf<HaxeException>().With.Message.EqualTo("HlDynamic.Tests.Runtime.HlSiteTests+Host has no method nothing"));
        Assert.That(() => new HlSite(context, "Add").Call(host, 1), Throws.TypeOf<HaxeException>().With.Message.Contains("does not take (i32)"));
    }

    [Test]
    public void Fields_are_reached_by_number_too()
    {
        var obj = new HlDynObj(context);
        int a = context.Hash("a"), b = context.Hash("b");
        HlFields.Set(context, obj, a, 1);
        HlFields.Set(context, obj, b, null);
        Assert.That(HlFields.Get(context, obj, a), Is.EqualTo(1));
        Assert.That(HlFields.Names(context, obj), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(HlFields.Has(context, obj, b));
        Assert.That(HlFields.Delete(obj, a));
        Assert.That(HlFields.Has(context, obj, a), Is.False);
        Assert.That(((HlDynObj)HlFields.Copy(obj)!).Entries.Length, Is.EqualTo(1));
        Assert.That(HlFields.Copy(5), Is.Null);
        Assert.That(HlFields.Names(context, 5), Is.Null);
        Assert.That(() => HlFields.Set(context, null, a, 1), Throws.TypeOf<HaxeException>().With.Message.EqualTo("Null access"));
    }

    public sealed class Host
    {
        public int Count { get; set; } = 3;

        public string Name => "host";

        public int Add(int a, int b) => a + b;
    }
}
