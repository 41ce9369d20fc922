using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace HlDynamic.Primitives;

/// <summary>What Linux knows of a file and the base class library does not tell: owner, inode, links.</summary>
internal static partial class UnixFileStatus
{
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7ff;
    private const int StructureSize = 256;

    /// <summary>Fills in the fields of <c>sys_stat</c>; false if there is no such file, null if the system cannot tell.</summary>
    public static bool? TryGet(string path, Span<int> fields)
    {
        Span<byte> s = stackalloc byte[StructureSize];
        try
        {
            if (Statx(CurrentDirectory, path, 0, BasicStats, ref MemoryMarshal.GetReference(s)) != 0)
                return Path.Exists(path) ? null : false;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
        // The structure is the same on every architecture (linux/stat.h: struct statx).
        fields[0] = Read(s, 24);
        fields[1] = Read(s, 20);
        fields[2] = Read(s, 64);
        fields[3] = Read(s, 112);
        fields[4] = Read(s, 96);
        fields[5] = Read(s, 40);
        fields[6] = Device(Read(s, 136), Read(s, 140));
        fields[7] = Read(s, 32);
        fields[8] = Read(s, 16);
        fields[9] = Device(Read(s, 128), Read(s, 132));
        fields[10] = BinaryPrimitives.ReadUInt16LittleEndian(s[28..]);
        return true;
    }

    private static int Read(ReadOnlySpan<byte> s, int offset) => BinaryPrimitives.ReadInt32LittleEndian(s[offset..]);

    private static int Device(int major, int minor) => (minor & 0xFF) | (major & 0xFFF) << 8 | (minor & ~0xFF) << 12;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte result);
}
