using System.Diagnostics;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic;

/// <summary>Many threads in one VM at once.</summary>
public sealed class ConcurrencyTests
{
    [Test]
    public void Ten_threads_use_one_VM_and_the_first_uses_race()
    {
        using HlVm vm = Fixtures.Load("Access");
        using var start = new Barrier(10);
        var errors = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        long rounds = 0;
        Thread[] threads = [.. Enumerable.Range(0, 10).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                for (var time = Stopwatch.StartNew(); time.ElapsedMilliseconds < 1500; Interlocked.Increment(ref rounds))
                    Use(vm, i);
            }
            catch (Exception e) when (e is not ThreadInterruptedException)
            {
                errors.Enqueue(e);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(errors, Is.Empty);
        Assert.That(rounds, Is.GreaterThanOrEqualTo(threads.Length));
    }

    private static void Use(HlVm vm, int number)
    {
        dynamic hl = vm;
        dynamic target = number % 3 == 0 ? hl.New("Knight", "T" + number, number) : hl.New("Hero", "T" + number, number);
        Check((int)target.health, number);
        target.health = number + 1;
        Check((int)target.getHealth(), number + 1);
        Check((string)target.name, "T" + number);
        Check((int)hl.Lab.twenty(number, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), number + 19);
        Check((string)hl.Lab.joiner("-")("a", "b" + number), "a-b" + number);
        Check((string)hl.Lab.weaponName(hl.Weapon.Sword(number)), "sword " + number);
        Func<int> health = target.getHealth;
        Check(health(), number + 1);
        Check(HlObject.Get<int>((object)target, "health"), number + 1);
        Check(vm.CallStatic<string>("Lab", "area", number, 2), (number * 2).ToString(System.Globalization.CultureInfo.InvariantCulture));
        TypedAccessTests.IHero typed = target;
        Check(typed.Name, "T" + number);
        Check((int)hl.Lab.point(number, 2).x, number);
        try
        {
            hl.Lab.fail("no " + number);
            Check("thrown", "not thrown");
        }
        catch (HaxeException e)
        {
            Check(e.Message, "no " + number);
        }
    }

    private static void Check<T>(T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
            throw new InvalidOperationException($"{actual}, not {expected}");
    }
}
