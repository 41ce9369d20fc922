using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Dynamic.Values;

/// <summary>Haxe's <c>Date</c> to and from .NET's.</summary>
[TestFixture("4.2.5")]
[TestFixture("4.3.6")]
public sealed class DateTests(string version) : ValuesFixture(version)
{
    private static readonly DateTimeOffset Born = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);

    [Test]
    public void A_date_converts_to_dotnet_s_types()
    {
        DateTime local = Haxe.born;
        DateTimeOffset offset = Haxe.born;
        DateOnly day = Haxe.born;
        Assert.That(local, Is.EqualTo(Born.LocalDateTime));
        Assert.That(local.Kind, Is.EqualTo(DateTimeKind.Local));
        Assert.That(offset, Is.EqualTo(Born));
        Assert.That(day, Is.EqualTo(DateOnly.FromDateTime(Born.LocalDateTime)));
        Assert.That(Vm.GetStatic<DateTime>("Values", "born"), Is.EqualTo(Born.LocalDateTime));
        Assert.That((int)Haxe.born.getHours(), Is.EqualTo(Born.LocalDateTime.Hour));
    }

    [Test]
    public void Dotnet_s_types_convert_to_a_date()
    {
        Assert.That((double)Haxe.seconds(Born), Is.EqualTo(1e9));
        Assert.That((double)Haxe.seconds(Born.UtcDateTime), Is.EqualTo(1e9));
        Assert.That((double)Haxe.seconds(Born.LocalDateTime), Is.EqualTo(1e9));
        Assert.That((int)Haxe.hour(new DateTime(2020, 5, 6, 7, 8, 9)), Is.EqualTo(7));
        Haxe.born = new DateTime(2021, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        Assert.That((DateTimeOffset)Haxe.born, Is.EqualTo(new DateTimeOffset(2021, 1, 2, 3, 4, 5, TimeSpan.Zero)));
        Assert.That(Vm.CallStatic<double>("Values", "seconds", Born), Is.EqualTo(1e9));
    }

    [Test]
    public void What_Haxe_cannot_hold_is_refused()
    {
        Assert.That(() => Haxe.seconds(new DateTime(1960, 1, 1)), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.seconds(new DateTime(2200, 1, 1)), Throws.TypeOf<HlConversionException>());
        Assert.That(() => Haxe.seconds("2020-01-01"), Throws.TypeOf<HlConversionException>());
    }

    [Test]
    public void A_callback_gets_and_gives_dates() =>
        Assert.That((double)Haxe.callDate((Func<DateTime, DateTime>)(d => d.AddSeconds(5))), Is.EqualTo(1e9 + 5));
}
