using HlDynamic.Runtime;
using SQLitePCL;

namespace HlDynamic.Primitives.Sqlite;

/// <summary>The rows of an answer, one after the other, or how many rows a change concerned.</summary>
internal sealed class SqliteResult
{
    private readonly SqliteDatabase database;
    private readonly sqlite3_stmt? statement;
    private readonly bool[] isBool;
    private bool isStarted, isDone;

    public SqliteResult(SqliteDatabase database, sqlite3_stmt? statement, string sql)
    {
        this.database = database;
        this.statement = statement;
        int count = statement is null ? 0 : raw.sqlite3_column_count(statement);
        FieldNames = new string[count];
        isBool = new bool[count];
        var known = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            FieldNames[i] = raw.sqlite3_column_name(statement, i).utf8_to_string();
            isBool[i] = raw.sqlite3_column_decltype(statement, i).utf8_to_string() == "BOOL";
            if (!known.Add(FieldNames[i]))
                throw HaxeError.Text("SQLite error: Same field is two times in the request: " + sql);
        }
    }

    public string[] FieldNames { get; }

    public int FieldCount => FieldNames.Length;

    /// <summary>How many rows it changed, known at its end.</summary>
    public int Changes { get; private set; }

    /// <summary>Goes to the next row; false if there is none.</summary>
    /// <exception cref="HaxeException">The statement failed. Some failures, of constraints for one, are the end instead.</exception>
    public bool Next()
    {
        if (isDone || statement is null)
            return false;
        switch (raw.sqlite3_step(statement))
        {
            case raw.SQLITE_ROW:
                isStarted = true;
                return true;
            case raw.SQLITE_DONE:
                Finish();
                return false;
            case raw.SQLITE_BUSY:
                throw HaxeError.Text("SQLite error: Database is busy");
            case raw.SQLITE_ERROR:
                throw database.Error();
            default:
                return false;
        }
    }

    /// <summary>Whether there is a row and a field of that number. Goes to the first row if no other was asked for.</summary>
    public bool IsAt(int index)
    {
        if ((uint)index >= (uint)FieldCount)
            return false;
        if (!isStarted && !isDone)
            Next();
        return isStarted && !isDone;
    }

    /// <summary>A field as null, int, bool, double, string or bytes.</summary>
    public object? GetValue(int index) => raw.sqlite3_column_type(statement, index) switch
    {
        raw.SQLITE_INTEGER when isBool[index] => HlBox.Bool(GetInt(index) != 0),
        raw.SQLITE_INTEGER => HlBox.Int(GetInt(index)),
        raw.SQLITE_FLOAT => GetFloat(index),
        raw.SQLITE_TEXT => GetText(index),
        raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, index).ToArray(),
        _ => null,
    };

    /// <summary>A field as text, up to the first zero; null if it is null.</summary>
    public string? GetText(int index)
    {
        if (raw.sqlite3_column_type(statement, index) == raw.SQLITE_NULL)
            return null;
        string text = raw.sqlite3_column_text(statement, index).utf8_to_string();
        int end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    public int GetInt(int index) => raw.sqlite3_column_int(statement, index);

    public double GetFloat(int index) => raw.sqlite3_column_double(statement, index);

    public void Finish()
    {
        if (isDone)
            return;
        isDone = true;
        if (FieldCount == 0)
            Changes = database.Changes;
        if (statement is not null)
            raw.sqlite3_finalize(statement);
    }
}
