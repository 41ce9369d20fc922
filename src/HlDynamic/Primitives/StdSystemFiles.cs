using System.IO.Enumeration;
using HlDynamic.Runtime;

namespace HlDynamic.Primitives;

/// <summary>Files and directories by their names (HashLink std/sys.c).</summary>
internal static class StdSystemFiles
{
    [HlPrimitive("std", "sys_exists")]
    public static bool SysExists(HlBytes path) => Exists(HlPaths.Read(path));

    // A link that leads nowhere does not count.
    private static bool Exists(string path)
    {
        if (!Path.Exists(path))
            return false;
        try
        {
            return new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true) is not { } target || Path.Exists(target.FullName);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [HlPrimitive("std", "sys_is_dir")]
    public static bool SysIsDir(HlBytes path) => Directory.Exists(HlPaths.Read(path));

    [HlPrimitive("std", "sys_delete")]
    public static bool SysDelete(HlBytes path)
    {
        var file = new FileInfo(HlPaths.Read(path));
        return (file.Exists || file.LinkTarget is not null) && Try(file.Delete);
    }

    [HlPrimitive("std", "sys_rename")]
    public static bool SysRename(HlBytes path, HlBytes newPath)
    {
        string from = HlPaths.Read(path), to = HlPaths.Read(newPath);
        return Try(() =>
        {
            if (Directory.Exists(from))
                Directory.Move(from, to);
            else
                File.Move(from, to, overwrite: !OperatingSystem.IsWindows());
        });
    }

    [HlPrimitive("std", "sys_create_dir")]
    public static bool SysCreateDir(HlBytes path, int mode)
    {
        const int AllPermissions = 0x1FF;
        string name = HlPaths.Read(path);
        // One directory, and a new one.
        if (name.Length == 0 || Path.Exists(name) || Path.GetDirectoryName(Path.GetFullPath(name)) is not { } parent || !Directory.Exists(parent))
            return false;
        return Try(() =>
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(name);
            else
                Directory.CreateDirectory(name, (UnixFileMode)(mode & AllPermissions));
        });
    }

    [HlPrimitive("std", "sys_remove_dir")]
    public static bool SysRemoveDir(HlBytes path)
    {
        string name = HlPaths.Read(path);
        return Try(() => Directory.Delete(name, recursive: false));
    }

    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    [HlPrimitive("std", "sys_read_dir")]
    public static HlArray? SysReadDir(HlContext context, HlBytes path)
    {
        string name = HlPaths.Read(path);
        HlBytes[]? names = null;
        Try(() => names = [.. new FileSystemEnumerable<HlBytes>(name, static (ref f) => HlPaths.Write(f.FileName.ToString()), AllEntries)]);
        return names is null ? null : StdArrays.Of(context, names);
    }

    // Group, user, accessed, modified, changed, size, device, inode, links, device of a special file, mode.
    [HlPrimitive("std", "sys_stat")]
    public static HlArray? SysStat(HlContext context, HlBytes path)
    {
        const int TypeDirectory = 0x4000, TypeFile = 0x8000;
        string name = HlPaths.Read(path);
        var result = new int[12];
        if (OperatingSystem.IsLinux() && UnixFileStatus.TryGet(name, result) is { } known)
            return known ? new HlArray<int>(context.Basic(Bytecode.HlTypeKind.I32), result) : null;
        FileSystemInfo info = Directory.Exists(name) ? new DirectoryInfo(name) : new FileInfo(name);
        if (!info.Exists)
            return null;
        result[2] = Seconds(info.LastAccessTimeUtc);
        result[3] = Seconds(info.LastWriteTimeUtc);
        result[4] = Seconds(info.CreationTimeUtc);
        result[5] = info is FileInfo file ? (int)file.Length : 0;
        result[8] = 1;
        int permissions = OperatingSystem.IsWindows()
            ? Convert.ToInt32(info.Attributes.HasFlag(FileAttributes.ReadOnly) ? "555" : "777", 8)
            : (int)info.UnixFileMode;
        result[10] = permissions | (info is DirectoryInfo ? TypeDirectory : TypeFile);
        return new HlArray<int>(context.Basic(Bytecode.HlTypeKind.I32), result);
    }

    private static int Seconds(DateTime time) => (int)new DateTimeOffset(time).ToUnixTimeSeconds();

    // The path without symbolic links and without dots; null if there is nothing there.
    [HlPrimitive("std", "sys_full_path")]
    public static HlBytes SysFullPath(HlBytes path)
    {
        string name = HlPaths.Read(path);
        if (name.Length == 0)
            return default;
        if (OperatingSystem.IsWindows())
            return HlPaths.Write(Path.GetFullPath(name));
        return Exists(name) ? HlPaths.Write(Resolve(Path.GetFullPath(name))) : default;
    }

    private static string Resolve(string path)
    {
        string resolved = "/";
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(resolved, part);
            FileSystemInfo? target = new FileInfo(next).ResolveLinkTarget(returnFinalTarget: true);
            resolved = target is null ? next : Resolve(target.FullName);
        }
        return resolved;
    }

    [HlPrimitive("std", "sys_get_cwd")]
    public static HlBytes SysGetCwd()
    {
        string directory = Directory.GetCurrentDirectory();
        return HlPaths.Write(directory[^1] is '/' or '\\' ? directory : directory + "/");
    }

    [HlPrimitive("std", "sys_set_cwd")]
    public static bool SysSetCwd(HlBytes path)
    {
        string name = HlPaths.Read(path);
        return Try(() => Directory.SetCurrentDirectory(name));
    }

    private static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
