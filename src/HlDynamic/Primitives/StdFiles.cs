using System.Runtime.CompilerServices;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Reading and writing files (HashLink std/file.c).</summary>
internal static class StdFiles
{
    private const int EndOfFile = -2;

    // There is no text mode: line ends stay as they are on every system.
    [HlPrimitive("std", "file_open")]
    public static object? FileOpen(HlContext context, HlBytes path, int mode, bool binary)
    {
        string name = HlPaths.Read(path);
        return Try<HlFile?>(context, () => mode switch
        {
            0 => new HlFile(new FileStream(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)),
            1 => new HlFile(CreateEmpty(name)),
            2 => new HlFile(new FileStream(name, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete), appends: true),
            3 => new HlFile(new FileStream(name, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete)),
            _ => throw HaxeError.Text($"Unknown file mode {mode}"),
        }, null);
    }

    // FileMode.Create truncates a new file too, after which ext4 writes it to the disk when it is closed: six times
    // the time for 50,000 small files.
    private static FileStream CreateEmpty(string name)
    {
        var stream = new FileStream(name, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            if (stream.CanSeek && stream.Length > 0)
                stream.SetLength(0);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    [HlPrimitive("std", "file_close")]
    public static void FileClose(HlContext context, object? file)
    {
        if (file is HlFile f)
            Try(context, () =>
            {
                f.Close();
                return true;
            }, false);
    }

    [HlPrimitive("std", "file_write")]
    public static int FileWrite(HlContext context, object? file, HlBytes buffer, int position, int length)
    {
        if (file is not HlFile f)
            return -1;
        try
        {
            return f.Write(buffer.Span(position, length)) ? length : 0;
        }
        catch (IOException e)
        {
            return Fail(context, e, 0);
        }
    }

    [HlPrimitive("std", "file_read")]
    public static int FileRead(HlContext context, object? file, HlBytes buffer, int position, int length)
    {
        if (file is not HlFile f)
            return -1;
        try
        {
            return f.Read(buffer.Span(position, length));
        }
        catch (IOException e)
        {
            return Fail(context, e, 0);
        }
    }

    [HlPrimitive("std", "file_write_char")]
    public static bool FileWriteChar(HlContext context, object? file, int value)
    {
        try
        {
            return file is HlFile f && f.Write([(byte)value]);
        }
        catch (IOException e)
        {
            return Fail(context, e, false);
        }
    }

    [HlPrimitive("std", "file_read_char")]
    public static int FileReadChar(HlContext context, object? file)
    {
        try
        {
            return file is HlFile f && f.ReadByte() is >= 0 and int value ? value : EndOfFile;
        }
        catch (IOException e)
        {
            return Fail(context, e, EndOfFile);
        }
    }

    [HlPrimitive("std", "file_seek")]
    public static bool FileSeek(HlContext context, object? file, int position, int origin) => Seek(context, file, position, origin);

    [HlPrimitive("std", "file_seek2")]
    public static bool FileSeek2(HlContext context, object? file, double position, int origin) => Seek(context, file, HlMath.ToInt64(position), origin);

    private static bool Seek(HlContext context, object? file, long position, int origin) =>
        file is HlFile f && Try(context, () => f.Seek(position, (SeekOrigin)origin), false);

    [HlPrimitive("std", "file_tell")]
    public static int FileTell(object? file) => file is HlFile f ? (int)f.Tell() : -1;

    [HlPrimitive("std", "file_tell2")]
    public static double FileTell2(object? file) => file is HlFile f ? f.Tell() : -1;

    [HlPrimitive("std", "file_eof")]
    public static bool FileEof(object? file) => file is not HlFile { AtEnd: false };

    [HlPrimitive("std", "file_flush")]
    public static bool FileFlush(HlContext context, object? file) => file is HlFile f && Try(context, f.Flush, false);

    [HlPrimitive("std", "file_stdin")]
    public static object FileStdin(HlContext context) => context.State<Standard>().Input(context);

    [HlPrimitive("std", "file_stdout")]
    public static object FileStdout(HlContext context) => new HlFile(context.Output, isShared: true);

    [HlPrimitive("std", "file_stderr")]
    public static object FileStderr(HlContext context) => new HlFile(context.Error, isShared: true);

    // Without a size the content is text, and a zero ends it.
    [HlPrimitive("std", "file_contents")]
    public static HlBytes FileContents(HlContext context, HlBytes path, ref int size)
    {
        string name = HlPaths.Read(path);
        byte[]? content = Try(context, () => File.ReadAllBytes(name), null);
        if (content is null)
            return default;
        if (Unsafe.IsNullRef(ref size))
            Array.Resize(ref content, content.Length + 1);
        else
            size = content.Length;
        return new HlBytes(content);
    }

    [HlPrimitive("std", "file_is_locked")]
    public static bool FileIsLocked(HlContext context, HlBytes path)
    {
        string name = HlPaths.Read(path);
        return OperatingSystem.IsWindows() && !Try(context, () =>
        {
            using FileStream stream = new(name, FileMode.Open, FileAccess.Read, FileShare.None);
            return true;
        }, false);
    }

    // C's errno of the last failure.
    [HlPrimitive("std", "file_error_code")]
    public static int FileErrorCode(HlContext context) => context.State<Standard>().Error;

    private static T Try<T>(HlContext context, Func<T> action, T failed)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Fail(context, e, failed);
        }
    }

    private static T Fail<T>(HlContext context, Exception error, T result)
    {
        const int NoEntry = 2, InputOutput = 5, AccessDenied = 13, Invalid = 22;
        context.State<Standard>().Error = error switch
        {
            FileNotFoundException or DirectoryNotFoundException => NoEntry,
            UnauthorizedAccessException => AccessDenied,
            ArgumentException => Invalid,
            _ => InputOutput,
        };
        return result;
    }

    internal sealed class Standard
    {
        private HlFile? input;

        public int Error;

        // What one handle has read ahead, another must find.
        public HlFile Input(HlContext context) => input ??= new HlFile(context.Input, isShared: true);
    }
}
