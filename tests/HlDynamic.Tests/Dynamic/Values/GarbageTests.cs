using System.Runtime.CompilerServices;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>What C# holds of Haxe, and Haxe of C#, is ordinary garbage when nobody uses it any more.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class GarbageTests(string version) : ValuesFixture(version)
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] HoldAMillion()
    {
        dynamic hl = Vm;
        const int count = 1_000_000, step = 10_000;
        var held = new object[count];
        for (int i = 0; i < count; i++)
            held[i] = hl.New("Item", "item", i);
        Assert.That((int)((dynamic)held[^1]).size, Is.EqualTo(count - 1));
        WeakReference[] sample = [.. held.Where((_, i) => i % step == 0).Select(o => new WeakReference(o))];
        Assert.That(sample, Has.All.Property("IsAlive").True);
        GC.KeepAlive(held);
        return sample;
    }

    [Test]
    public void A_million_objects_held_and_dropped_are_collected()
    {
        WeakReference[] sample = HoldAMillion();
        Collect();
        Assert.That(sample.Count(r => r.IsAlive), Is.Zero);
    }

    private sealed class Node
    {
        public object? Next { get; set; }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference[] MakeCycle()
    {
        dynamic hl = Vm;
        dynamic item = hl.New("Item", "in a cycle", 1);
        var node = new Node();
        // C# lambda -> Haxe object -> Haxe closure over a C# function -> C# object -> C# lambda
        Func<int, object?> lambda = i => i == 0 ? (object?)item.name : node.Next;
        dynamic closure = Haxe.makeKeeper(lambda, item);
        item.held = closure;
        node.Next = lambda;
        Assert.That((string)closure(0), Is.EqualTo("in a cycle"));
        return [new WeakReference((object)item), new WeakReference(node), new WeakReference(lambda), new WeakReference((object)closure)];
    }

    [Test]
    public void A_cycle_through_both_worlds_is_collected()
    {
        WeakReference[] parts = MakeCycle();
        Collect();
        Assert.That(parts.Select(p => p.IsAlive), Is.All.False);
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
