using System.Runtime.ExceptionServices;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Programs;

public sealed class ThrowTests
{
    private static readonly (string Function, int Argument)[] Ways = [("keeps", 3), ("inside", 1), ("nested", 3), ("again", 2), ("passes", 2)];

    private static IEnumerable<TestCaseData> Cases => from version in Fixtures.Versions from way in Ways select new TestCaseData(version, way.Function, way.Argument);

    [TestCaseSource(nameof(Cases))]
    public void What_is_thrown_on_a_way_that_the_bytecode_shows_is_no_exception_for_dotnet(string version, string function, int argument)
    {
        using HlVm vm = HlVm.Load(Fixtures.Find(version, "ThrowWays"), new HlVmOptions { Output = Stream.Null });

        Assert.That(Count(() => vm.CallStatic("ThrowWays", function, argument)), Is.Zero);
    }

    [TestCaseSource(typeof(Fixtures), nameof(Fixtures.Versions))]
    public void What_nobody_catches_is_one(string version)
    {
        using HlVm vm = HlVm.Load(Fixtures.Find(version, "ThrowWays"), new HlVmOptions { Output = Stream.Null });

        Assert.That(Count(() => Assert.Throws<HaxeException>(() => vm.CallStatic("ThrowWays", "direct", 3))), Is.Positive);
    }

    private static int Count(Action action)
    {
        int count = 0, thread = Environment.CurrentManagedThreadId;
        void Note(object? sender, FirstChanceExceptionEventArgs e) => count += e.Exception is HaxeException && Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Note;
        try
        {
            action();
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Note;
        }
        return count;
    }
}
