using HlDynamic.Primitives.Sqlite;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives.Sqlite;

/// <summary>What HashLink's sources say where HashLink itself ends with an access violation.</summary>
public sealed class SqliteNativesTests
{
    private readonly HlContext context = new();

    [Test]
    public void Two_fields_of_one_name_are_an_error()
    {
        object database = SqliteNatives.Connect(Text(":memory:"));

        Assert.That(() => SqliteNatives.Request(database, Text("SELECT 1 AS a, 2 AS a")), Throws.TypeOf<HaxeException>()
            .With.Message.EqualTo("SQLite error: Same field is two times in the request: SELECT 1 AS a, 2 AS a"));
        Assert.That(SqliteNatives.ResultGetNfields(SqliteNatives.Request(database, Text("SELECT 1"))), Is.EqualTo(1));
    }

    [Test]
    public void An_empty_blob_is_bytes_of_no_length()
    {
        object result = SqliteNatives.Request(SqliteNatives.Connect(Text(":memory:")), Text("SELECT x''"));

        var blob = (HlArray)SqliteNatives.ResultNext(context, result)![0]!;

        Assert.That((blob[0], blob[1]), Is.EqualTo((new HlBytes(((HlBytes)blob[0]!).Buffer), 0)));
    }

    [Test]
    public void The_fields_of_a_result_at_its_end_still_have_names()
    {
        object result = SqliteNatives.Request(SqliteNatives.Connect(Text(":memory:")), Text("SELECT 1 AS a WHERE 0"));

        Assert.That(SqliteNatives.ResultNext(context, result), Is.Null);
        Assert.That(SqliteNatives.ResultGetFields(context, result)[0]!.ToString(), Is.EqualTo("a"));
    }

    [Test]
    public void A_closed_database_refuses_requests()
    {
        object database = SqliteNatives.Connect(Text(":memory:"));
        object result = SqliteNatives.Request(database, Text("SELECT 1"));
        SqliteNatives.Close(database);
        SqliteNatives.Close(database);

        Assert.That(SqliteNatives.ResultNext(context, result), Is.Null);
        Assert.That(() => SqliteNatives.Request(database, Text("SELECT 1")), Throws.TypeOf<HaxeException>());
    }

    private static HlBytes Text(string text) => HlBytes.FromString(text);
}
