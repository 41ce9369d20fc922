using HlDynamic.Primitives;
using HlDynamic.Runtime;
using NUnit.Framework;

namespace HlDynamic.Tests.Primitives;

public sealed class StdFilesTests
{
    private readonly HlContext context = new();
    private string directory = "";

    [SetUp]
    public void CreateDirectory() => directory = Directory.CreateTempSubdirectory("hldynamic").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(directory, recursive: true);

    private HlBytes PathOf(string name) => HlPaths.Write(Path.Combine(directory, name));

    private static HlBytes Bytes(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    [Test]
    public void What_is_written_is_read()
    {
        object? file = StdFiles.FileOpen(context, PathOf("a"), 1, true);
        Assert.That(StdFiles.FileWrite(context, file, Bytes("xhello"), 1, 5), Is.EqualTo(5));
        Assert.That(StdFiles.FileWriteChar(context, file, '!'));
        StdFiles.FileClose(context, file);

        file = StdFiles.FileOpen(context, PathOf("a"), 0, true);
        HlBytes buffer = HlBytes.Allocate(10);
        Assert.That(StdFiles.FileReadChar(context, file), Is.EqualTo('h'));
        Assert.That(StdFiles.FileEof(file), Is.False);
        Assert.That(StdFiles.FileRead(context, file, buffer, 0, 10), Is.EqualTo(5));
        Assert.That(StdFiles.FileEof(file), Is.True);
        Assert.That(StdFiles.FileReadChar(context, file), Is.EqualTo(-2));
        Assert.That(StdFiles.FileSeek(context, file, -1, 2));
        Assert.That(StdFiles.FileEof(file), Is.False);
        Assert.That(StdFiles.FileTell(file), Is.EqualTo(5));
        StdFiles.FileClose(context, file);
    }

    [Test]
    public void Appending_writes_at_the_end_wherever_one_is()
    {
        File.WriteAllText(Path.Combine(directory, "a"), "a");
        object? file = StdFiles.FileOpen(context, PathOf("a"), 2, true);
        StdFiles.FileSeek(context, file, 0, 0);
        StdFiles.FileWrite(context, file, Bytes("b"), 0, 1);
        StdFiles.FileClose(context, file);
        Assert.That(File.ReadAllText(Path.Combine(directory, "a")), Is.EqualTo("ab"));
    }

    [Test]
    public void A_file_that_is_missing_is_null()
    {
        Assert.That(StdFiles.FileOpen(context, PathOf("missing"), 0, true), Is.Null);
        Assert.That(StdFiles.FileErrorCode(context), Is.EqualTo(2));
        int size = 0;
        Assert.That(StdFiles.FileContents(context, PathOf("missing"), ref size).IsNull);
    }

    [Test]
    public void Output_is_in_the_order_of_printing_and_writing()
    {
        var output = new MemoryStream();
        var own = new HlContext { Output = output };
        object stdout = StdFiles.FileStdout(own);
        StdSystem.SysPrint(own, HlBytes.FromString("1é"));
        StdFiles.FileWrite(own, stdout, Bytes("2"), 0, 1);
        StdSystem.SysPrint(own, HlBytes.FromString("3"));
        StdFiles.FileClose(own, stdout);
        StdSystem.SysPrint(own, HlBytes.FromString("4"));
        Assert.That(System.Text.Encoding.UTF8.GetString(output.ToArray()), Is.EqualTo("1é234"));
    }

    [Test]
    public void A_directory_is_made_listed_and_removed()
    {
        Assert.That(StdSystemFiles.SysCreateDir(PathOf("d"), 0x1FF));
        Assert.That(StdSystemFiles.SysCreateDir(PathOf("d"), 0x1FF), Is.False, "It exists.");
        Assert.That(StdSystemFiles.SysCreateDir(PathOf("x/y"), 0x1FF), Is.False, "Its parent does not.");
        Assert.That(StdSystemFiles.SysIsDir(PathOf("d")));
        Assert.That(StdSystemFiles.SysReadDir(context, HlPaths.Write(directory))!.Length, Is.EqualTo(1));
        Assert.That(StdSystemFiles.SysDelete(PathOf("d")), Is.False, "It is no file.");
        Assert.That(StdSystemFiles.SysRemoveDir(PathOf("d")));
        Assert.That(StdSystemFiles.SysExists(PathOf("d")), Is.False);
    }

    [Test]
    public void A_file_has_a_status()
    {
        File.WriteAllText(Path.Combine(directory, "a"), "12345");
        HlArray status = StdSystemFiles.SysStat(context, PathOf("a"))!;
        Assert.That(status[5], Is.EqualTo(5));
        Assert.That((int)status[10]! & 0xF000, Is.EqualTo(0x8000));
        Assert.That(StdSystemFiles.SysStat(context, PathOf("missing")), Is.Null);
    }

    [Test]
    public void Renaming_replaces_a_file()
    {
        File.WriteAllText(Path.Combine(directory, "a"), "a");
        File.WriteAllText(Path.Combine(directory, "b"), "b");
        Assume.That(!OperatingSystem.IsWindows());
        Assert.That(StdSystemFiles.SysRename(PathOf("a"), PathOf("b")));
        Assert.That(File.ReadAllText(Path.Combine(directory, "b")), Is.EqualTo("a"));
        Assert.That(StdSystemFiles.SysRename(PathOf("a"), PathOf("b")), Is.False);
    }
}
