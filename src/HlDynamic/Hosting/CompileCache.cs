using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using HlDynamic.Compilation;
using Microsoft.Win32.SafeHandles;

namespace HlDynamic;

/// <summary>
/// Compiled modules on disk, a file each. A file's name follows from the module's content and from what else decides
/// what is compiled; the file holds the content too, and is used only if that is the same, byte for byte. Files are
/// written aside and moved into place, so any number of processes may share a directory. The cache makes loading
/// faster and never fails it: what cannot be read is compiled, and what cannot be written is left out.
/// </summary>
internal sealed class CompileCache(string directory, long sizeLimit)
{
    private const string Extension = ".hlc", TemporaryExtension = ".tmp";

    // Writing the time of the last use costs more than reading a small module.
    private static readonly TimeSpan UsePrecision = TimeSpan.FromHours(1), TemporaryLifetime = TimeSpan.FromHours(1);

    // The version of the library, which changes with its code.
    private static readonly ulong Compiler = CacheFile.Hash(typeof(CompileCache).Assembly.ManifestModule.ModuleVersionId.ToByteArray());

    /// <summary>The compiled module of this content and options; null if there is none.</summary>
    public CachedModule? Find(byte[] content, CompilerOptions options)
    {
        string path = PathOf(content, options);
        CachedModule? found;
        try
        {
            if (!File.Exists(path))
                return null;
            using (SafeFileHandle file = File.OpenHandle(path))
                found = CacheFile.Read(file, content);
            if (found is null)
                return null;
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > UsePrecision)
                File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return found;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Keeps a compiled module, and removes what was used least recently if there is too much.</summary>
    public void Add(byte[] content, CompilerOptions options, CachedModule module)
    {
        string path = PathOf(content, options);
        string temporary = $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.{Stopwatch.GetTimestamp()}{TemporaryExtension}";
        try
        {
            CreateDirectory();
            try
            {
                using (FileStream file = File.Create(temporary, 1))
                    CacheFile.Write(file, content, module);
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
            RemoveOld(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next process compiles the module again.
        }
    }

    // What runs from here is code: nobody else has a say in it.
    private void CreateDirectory()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void RemoveOld(string added)
    {
        var files = new List<FileInfo>();
        long size = 0;
        foreach (FileInfo file in new DirectoryInfo(directory).EnumerateFiles())
        {
            if (file.Extension == TemporaryExtension && DateTime.UtcNow - file.LastWriteTimeUtc > TemporaryLifetime)
                Remove(file);
            if (file.Extension != Extension)
                continue;
            size += file.Length;
            if (file.FullName != Path.GetFullPath(added))
                files.Add(file);
        }
        if (size <= sizeLimit)
            return;
        files.Sort(static (a, b) => a.LastWriteTimeUtc.CompareTo(b.LastWriteTimeUtc));
        foreach (FileInfo file in files)
        {
            if (size <= sizeLimit)
                return;
            size -= file.Length;
            Remove(file);
        }
        if (size > sizeLimit)
            File.Delete(added);
    }

    // Another process may remove it first, or (on Windows) be reading it.
    private static void Remove(FileInfo file)
    {
        try
        {
            file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private string PathOf(byte[] content, CompilerOptions options)
    {
        ulong compiler = Compiler ^ CacheFile.Hash(MemoryMarshal.AsBytes(options.AssemblyName.AsSpan())) ^ (options.Coverage ? 1u : 0u);
        return Path.Combine(directory, $"{CacheFile.Hash(content).ToString("x16", CultureInfo.InvariantCulture)}-{compiler.ToString("x16", CultureInfo.InvariantCulture)}{Extension}");
    }
}
