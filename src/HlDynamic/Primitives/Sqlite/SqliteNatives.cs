using HlDynamic.Runtime;

namespace HlDynamic.Primitives.Sqlite;

/// <summary>
/// Databases of SQLite (HashLink libs/sqlite/sqlite.c). The types of the SQLite package stay out of these signatures,
/// so that it is loaded when a program opens a database and not when one could.
/// </summary>
internal static class SqliteNatives
{
    [HlPrimitive("sqlite", "connect")]
    public static object Connect(HlBytes path) => SqliteDatabase.Open(new string(path.Chars()));

    [HlPrimitive("sqlite", "close")]
    public static void Close(object database) => ((SqliteDatabase)database).Close();

    [HlPrimitive("sqlite", "request")]
    public static object Request(object database, HlBytes sql) => ((SqliteDatabase)database).Request(new string(sql.Chars()));

    [HlPrimitive("sqlite", "last_id")]
    public static int LastId(object database) => ((SqliteDatabase)database).LastId;

    // A text is its bytes; a blob is an array of its bytes and their number.
    [HlPrimitive("sqlite", "result_next")]
    public static HlArray? ResultNext(HlContext context, object result)
    {
        var rows = (SqliteResult)result;
        if (!rows.Next())
            return null;
        var values = new object?[rows.FieldCount];
        for (int i = 0; i < values.Length; i++)
            values[i] = rows.GetValue(i) switch
            {
                string text => HlBox.Bytes(HlBytes.FromString(text)),
                byte[] blob => StdArrays.Of(context, [HlBox.Bytes(new HlBytes(blob)), HlBox.Int(blob.Length)]),
                var value => value,
            };
        return StdArrays.Of(context, values);
    }

    [HlPrimitive("sqlite", "result_get")]
    public static HlBytes ResultGet(object result, int index) =>
        ((SqliteResult)result).IsAt(index) && ((SqliteResult)result).GetText(index) is { } text ? HlBytes.FromString(text) : default;

    [HlPrimitive("sqlite", "result_get_int")]
    public static object? ResultGetInt(object result, int index) =>
        ((SqliteResult)result).IsAt(index) ? HlBox.Int(((SqliteResult)result).GetInt(index)) : null;

    [HlPrimitive("sqlite", "result_get_float")]
    public static object? ResultGetFloat(object result, int index) =>
        ((SqliteResult)result).IsAt(index) ? ((SqliteResult)result).GetFloat(index) : null;

    // How many rows a change concerned; the rows of an answer are only known once they are read.
    [HlPrimitive("sqlite", "result_get_length")]
    public static object? ResultGetLength(object result) =>
        ((SqliteResult)result) is { FieldCount: 0 } change ? HlBox.Int(change.Changes) : null;

    [HlPrimitive("sqlite", "result_get_nfields")]
    public static int ResultGetNfields(object result) => ((SqliteResult)result).FieldCount;

    [HlPrimitive("sqlite", "result_get_fields")]
    public static HlArray ResultGetFields(HlContext context, object result) => StdArrays.OfStrings(context, ((SqliteResult)result).FieldNames);
}
