using System.Dynamic;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using HlDynamic.Dynamic;
using HlDynamic.Runtime;
using Microsoft.CSharp.RuntimeBinder;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>What call sites learn: how many rules, that they hold for what they were made for, what they keep alive.</summary>
public sealed class RuleTests
{
    private static readonly string[] Shapes = ["Shape", "Square", "Cube", "Line", "Stick", "Disc"];

    private HlVm vm = null!;

    [OneTimeSetUp]
    public void Load() => vm = Fixtures.Load("Bridge");

    [OneTimeTearDown]
    public void Unload() => vm.Dispose();

    [Test]
    public void A_site_gives_right_results_for_any_number_of_classes()
    {
        int[] areas = [2, 4, 24, 0, 0, 12];
        // More often than members are used before they are compiled.
        for (int round = 0; round < 20; round++)
        {
            for (int i = 0; i < Shapes.Length; i++)
            {
                dynamic shape = vm.New(Shapes[i], 2);
                Assert.That((int)shape.area(), Is.EqualTo(areas[i]), Shapes[i]);
                Assert.That((int)shape.size, Is.EqualTo(2));
                shape.size = i;
                Assert.That((int)shape.size, Is.EqualTo(i));
            }
        }
    }

    [Test]
    public void A_site_that_met_many_classes_still_knows_which_have_the_member()
    {
        foreach (string name in Shapes)
            Scale(vm.New(name, 2));
        dynamic stranger = vm.New("Stranger");
        Assert.That(() => Scale(stranger), Throws.TypeOf<RuntimeBinderException>().With.Message.StartWith("Stranger has no member scale."));
        Assert.That(() => Scale("text"), Throws.TypeOf<RuntimeBinderException>());
        Scale(vm.New("Disc", 3));
        Assert.That(() => Scale(stranger), Throws.TypeOf<RuntimeBinderException>());

        static void Scale(dynamic target) => target.scale(3);
    }

    [Test]
    public void Arguments_typed_dynamic_do_not_make_more_rules()
    {
        var binder = new CountingBinder("kind", new CallInfo(1));
        CallSite<Func<CallSite, object, object?, object>> site = CallSite<Func<CallSite, object, object?, object>>.Create(binder);
        object account = vm.New("Account");
        foreach (object? argument in new object?[] { 1, "text", 2.5, null, true, account, 1L })
            site.Target(site, account, argument);
        Assert.That(binder.Binds, Is.EqualTo(1));
    }

    [Test]
    public void What_is_called_a_few_times_needs_one_rule_for_all_classes()
    {
        using HlVm own = Fixtures.Load("Bridge");
        Assert.That(CountBinds(own, 5), Is.EqualTo(1));
    }

    [Test]
    public void A_site_makes_no_more_rules_once_it_has_the_general_one()
    {
        using HlVm own = Fixtures.Load("Bridge");
        Assert.That(CountBinds(own, FirstRule.Uses * 3), Is.EqualTo(1 + BinderHistory.MaxTypes + 1));
        Assert.That(CountBinds(UsedMembers.Mark(own, true), 5), Is.EqualTo(BinderHistory.MaxTypes + 1), "of members that are used elsewhere");
    }

    private static int CountBinds(HlVm vm, int rounds)
    {
        var binder = new CountingBinder("area", new CallInfo(0));
        CallSite<Func<CallSite, object, object>> site = CallSite<Func<CallSite, object, object>>.Create(binder);
        object[] shapes = [.. Shapes.Select(name => vm.New(name, 2))];
        for (int round = 0; round < rounds; round++)
            foreach (object shape in shapes)
                site.Target(site, shape);
        return binder.Binds;
    }

    [Test]
    public void The_rule_of_first_uses_leaves_to_others_what_it_is_not_for()
    {
        using HlVm own = Fixtures.Load("Access");
        dynamic hl = own;
        foreach (object target in new object[] { hl.New("Hero", "Ann"), "text", hl.Lab.open(), hl.Lab, new[] { 1 }, hl.New("Hero", "Bob") })
        {
            string text = Describe(target);
            Assert.That(text, Is.EqualTo(target.GetType().Name is "Hero" ? HlObject.Call<string>(target, "title") : "nothing"));
        }

        static string Describe(dynamic target)
        {
            try
            {
                return target.title();
            }
            catch (Exception e) when (e is RuntimeBinderException or HaxeException)
            {
                return "nothing";
            }
        }
    }

    [TestCase("4.2.5")]
    [TestCase("4.3.6")]
    public void A_call_of_a_static_function_calls_the_one_that_the_class_has_now(string haxe)
    {
        using HlVm own = Fixtures.Load("Access", haxe);
        dynamic lab = ((dynamic)own).Lab;
        bool Same() => lab.same(1, 1);

        Assert.That(Same(), Is.True);
        object first = lab.same;
        Assert.That(Same(), Is.True, "read as a value");
        lab.same = (Func<object, object, bool>)((_, _) => false);
        Assert.That(Same(), Is.False, "replaced");
        lab.same = first;
        Assert.That(Same(), Is.True, "put back");
    }

    [Test]
    public void A_call_of_a_static_function_makes_no_closures_and_binds_again_only_once_there_are_some()
    {
        using HlVm own = Fixtures.Load("Access");
        var lab = (HlClass)((dynamic)own).Lab;
        FieldInfo isBound = lab.Statics.GetType().GetField(LateBindings.Flag, BindingFlags.Instance | BindingFlags.NonPublic)!;
        var binder = new CountingBinder("same", new CallInfo(2));
        var site = CallSite<Func<CallSite, object, object, object, object>>.Create(binder);
        object Call() => site.Target(site, lab, 1, 1);

        Assert.That(new[] { Call(), Call() }, Is.All.EqualTo(true));
        Assert.That(isBound.GetValue(lab.Statics), Is.False);
        Assert.That(binder.Binds, Is.EqualTo(1));
        own.GetStatic("Lab", "same");
        Assert.That(new[] { Call(), Call() }, Is.All.EqualTo(true));
        Assert.That(isBound.GetValue(lab.Statics), Is.True);
        Assert.That(binder.Binds, Is.EqualTo(2));
    }

    [Test]
    public void A_missing_member_binds_once_and_throws_each_time()
    {
        var binder = new CountingBinder("nothing", new CallInfo(0));
        CallSite<Func<CallSite, object, object>> site = CallSite<Func<CallSite, object, object>>.Create(binder);
        object shape = vm.New("Shape", 1);
        for (int i = 0; i < 3; i++)
            Assert.That(() => site.Target(site, shape), Throws.TypeOf<MissingMemberException>());
        Assert.That(binder.Binds, Is.EqualTo(1));
    }

    [Test]
    public void Names_can_be_matched_without_regard_to_case()
    {
        var binder = new CountingBinder("SCALE", new CallInfo(1), ignoreCase: true);
        CallSite<Func<CallSite, object, int, object>> site = CallSite<Func<CallSite, object, int, object>>.Create(binder);
        object shape = vm.New("Shape", 2);
        site.Target(site, shape, 3);
        Assert.That(HlObject.Get<int>(shape, "size"), Is.EqualTo(6));
    }

    [Test]
    public void Member_names_need_no_call_site()
    {
        var shape = (IDynamicMetaObjectProvider)vm.New("Account");
        string[] names = [.. shape.GetMetaObject(Expression.Constant(shape)).GetDynamicMemberNames()];
        Assert.That(names, Does.Contain("balance").And.Contain("doubled").And.Contain("describe"));
        Assert.That(names, Has.None.StartsWith("__"));
    }

    [Test]
    public void Several_VMs_share_a_site()
    {
        using HlVm first = Fixtures.Load("Bridge"), second = Fixtures.Load("Bridge", "4.2.5");
        for (int i = 0; i < 2; i++)
        {
            foreach (HlVm each in new[] { first, second })
            {
                dynamic hl = each;
                hl.Account.limit = 3;
                Assert.That((int)hl.Account.limit, Is.EqualTo(3));
                Assert.That((int)hl.New("Square", 3).area(), Is.EqualTo(9));
            }
        }
    }

    [Test]
    public void Warm_calls_allocate_nothing()
    {
        dynamic shape = vm.New("Shape", 1);
        dynamic account = vm.New("Account", "Ann");
        Use(shape, account, 1000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Use(shape, account, 1000);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);

        static void Use(dynamic shape, dynamic account, int times)
        {
            for (int i = 0; i < times; i++)
            {
                shape.scale(1);
                shape.size = 7;
                _ = shape.area();
                _ = shape.size;
                _ = account.owner;
                _ = account.isSame(account);
            }
        }
    }

    [Test]
    public void An_unloadable_VM_is_unloaded_though_call_sites_used_it()
    {
        WeakReference context = UseUnloadable();
        for (int i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(context.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseUnloadable()
    {
        HlVm vm = Fixtures.Load("Bridge", options: new HlVmOptions { Unloadable = true });
        dynamic hl = vm;
        dynamic account = hl.New("Account", "Ann");
        account.balance = 2.5;
        Assert.That((double)account.doubled, Is.EqualTo(5.0));
        Assert.That((string)account.describe("a", 2), Is.EqualTo("aa"));
        Assert.That((string)account.owner, Is.EqualTo("Ann"));
        Assert.That((string)account.ToString(), Is.Not.Empty);
        hl.Account.limit = 4;
        Assert.That((int)hl.Account.limit, Is.EqualTo(4));
        Assert.That((int)hl.Square.New(3).area(), Is.EqualTo(9));
        var reference = new WeakReference(((object)account).GetType().Assembly);
        vm.Dispose();
        return reference;
    }

    /// <summary>A binder of a language that counts how often it is asked and has .NET's own error for what is missing.</summary>
    private sealed class CountingBinder(string name, CallInfo call, bool ignoreCase = false) : InvokeMemberBinder(name, ignoreCase, call)
    {
        public int Binds { get; private set; }

        public override T? BindDelegate<T>(CallSite<T> site, object[] args) where T : class
        {
            Binds++;
            return base.BindDelegate(site, args);
        }

        public override DynamicMetaObject FallbackInvoke(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            throw new NotSupportedException();

        public override DynamicMetaObject FallbackInvokeMember(DynamicMetaObject target, DynamicMetaObject[] args, DynamicMetaObject? errorSuggestion) =>
            errorSuggestion ?? new DynamicMetaObject(
                Expression.Throw(Expression.New(typeof(MissingMemberException)), typeof(object)),
                BindingRestrictions.GetTypeRestriction(target.Expression, target.LimitType));
    }
}
