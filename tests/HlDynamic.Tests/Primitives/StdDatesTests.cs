using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

/// <summary>What holds in every time zone.</summary>
public sealed class StdDatesTests
{
    [TestCase(2020, 1, 29, 12, 0, 0, "2020-02-29 12:00:00")]
    [TestCase(2021, 12, 1, 0, 0, 0, "2022-01-01 00:00:00")]
    [TestCase(2000, -1, 0, 25, 61, 61, "1999-12-01 02:02:01")]
    [TestCase(2105, 5, 5, 5, 5, 5, "2105-06-05 05:05:05")]
    public void A_date_is_made_of_parts_that_may_be_out_of_range(int year, int month, int day, int hour, int minute, int second, string expected)
    {
        int length = 0;
        int date = StdDates.DateNew(year, month, day, hour, minute, second);
        Assert.That(StdDates.DateToString(date, ref length).ToString(), Is.EqualTo(expected));
    }

    [TestCase("2020-02-30 25:61:61", "2020-03-02 02:02:01")]
    [TestCase("2020-01-01", "2020-01-01 00:00:00")]
    public void A_date_is_read_from_text(string text, string expected)
    {
        int length = 0;
        int date = StdDates.DateFromString(HlBytes.FromString(text), text.Length * 2);
        Assert.That(StdDates.DateToString(date, ref length).ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_time_alone_is_of_the_first_day() => Assert.That(StdDates.DateFromString(HlBytes.FromString("12:34:56"), 16), Is.EqualTo(45296));

    [Test]
    public void Other_texts_are_no_dates() => Assert.That(() => StdDates.DateFromString(HlBytes.FromString("today"), 10),
        Throws.InstanceOf<HaxeException>().With.Message.EqualTo("Invalid date format"));

    [Test]
    public void Seconds_count_as_unsigned()
    {
        Assert.That(StdDates.DateGetTime(-1), Is.EqualTo(4294967295000));
        Assert.That(StdDates.DateFromTime(-1000), Is.EqualTo(-1));
    }

    [Test]
    public void The_parts_of_a_date_in_UTC()
    {
        int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, weekday = 0;
        StdDates.DateGetUtcInf(1234567890, ref year, ref month, ref day, ref hour, ref minute, ref second, ref weekday);
        Assert.That((year, month, day, hour, minute, second, weekday), Is.EqualTo((2009, 1, 13, 23, 31, 30, 5)));
    }
}
