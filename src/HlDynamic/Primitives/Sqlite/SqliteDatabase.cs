using HlDynamic.Runtime;
using SQLitePCL;

namespace HlDynamic.Primitives.Sqlite;

/// <summary>An open database. It has one result at a time: the next request ends the one before.</summary>
internal sealed class SqliteDatabase
{
    private readonly sqlite3 handle;
    private SqliteResult? current;
    private bool isClosed;

    static SqliteDatabase() => Batteries_V2.Init();

    private SqliteDatabase(sqlite3 handle) => this.handle = handle;

    /// <summary>The number of the row that was inserted last, as far as it fits.</summary>
    public int LastId => (int)raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>How many rows the last change concerned.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    private sqlite3 Handle => isClosed ? throw HaxeError.Text("SQLite error: The database is closed") : handle;

    // SQLITE_DBCONFIG_DQS_DML and SQLITE_DBCONFIG_DQS_DDL.
    private const int AllowDoubleQuotedText = 1013;
    private const int AllowDoubleQuotedTextInSchemas = 1014;

    public static SqliteDatabase Open(string path)
    {
        int code = raw.sqlite3_open(path, out sqlite3 handle);
        if (code != raw.SQLITE_OK)
        {
            HaxeException error = Error(handle);
            raw.sqlite3_close_v2(handle);
            throw error;
        }
        // What HashLink creates, it creates in UTF-16.
        raw.sqlite3_exec(handle, "PRAGMA encoding = 'UTF-16'");
        // The library at hand is built without it, others with: "text" is text where no column has that name.
        raw.sqlite3_db_config(handle, AllowDoubleQuotedText, 1, out _);
        raw.sqlite3_db_config(handle, AllowDoubleQuotedTextInSchemas, 1, out _);
        return new SqliteDatabase(handle);
    }

    /// <summary>Prepares a statement, which the first row asked for runs.</summary>
    public SqliteResult Request(string sql)
    {
        if (raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement, out string tail) != raw.SQLITE_OK)
            throw Error();
        if (!string.IsNullOrEmpty(tail))
        {
            raw.sqlite3_finalize(statement);
            throw HaxeError.Text("SQLite error: Cannot execute several SQL requests at the same time");
        }
        SqliteResult result;
        try
        {
            result = new SqliteResult(this, statement, sql);
        }
        catch (HaxeException)
        {
            raw.sqlite3_finalize(statement);
            throw;
        }
        current?.Finish();
        return current = result;
    }

    public void Close()
    {
        current?.Finish();
        current = null;
        isClosed = true;
        raw.sqlite3_close_v2(handle);
    }

    public HaxeException Error() => Error(Handle);

    private static HaxeException Error(sqlite3 handle) => HaxeError.Text("SQLite error: " + raw.sqlite3_errmsg(handle).utf8_to_string());
}
