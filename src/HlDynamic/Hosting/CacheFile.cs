using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HlDynamic.Runtime;
using Microsoft.Win32.SafeHandles;

namespace HlDynamic;

/// <summary>What the compile cache keeps of a module.</summary>
/// <param name="Image">The assembly.</param>
/// <param name="Symbols">Its portable PDB; empty if there is none.</param>
/// <param name="Map">Where types and functions are in the assembly.</param>
/// <param name="FunctionOffsets">Where functions start in the bytecode.</param>
internal sealed record CachedModule(ArraySegment<byte> Image, ArraySegment<byte> Symbols, ImageMap Map, int[] FunctionOffsets);

/// <summary>
/// A file of the compile cache: a header of numbers (a mark, a checksum of all that follows, the lengths of the parts),
/// then the parts. Files do not travel, so numbers are as the machine writes them.
/// </summary>
internal static class CacheFile
{
    // Changes with the format.
    private const ulong Mark = 0x32_65_68_63_61_43_6C_48;
    private const int HeaderSize = 16 + Parts * sizeof(int);
    private const int Parts = 9;

    /// <summary>The module in a file; null if the file is damaged, or of another module than this one.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CachedModule? Read(SafeFileHandle file, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!TryRead(file, header, 0) || BitConverter.ToUInt64(header) != Mark)
            return null;
        ReadOnlySpan<byte> lengthBytes = header[16..];
        var lengths = new int[Parts];
        long end = HeaderSize;
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = BitConverter.ToInt32(lengthBytes[(i * sizeof(int))..]);
            if (lengths[i] < 0)
                return null;
            end += lengths[i];
        }
        if (end != RandomAccess.GetLength(file) || end > Array.MaxLength || lengths[0] != content.Length || !Holds(file, HeaderSize, content))
            return null;
        var rest = new byte[end - HeaderSize - content.Length];
        if (!TryRead(file, rest, HeaderSize + content.Length))
            return null;
        ulong checksum = Fold(Hash(lengthBytes), content);
        int position = 0;
        for (int i = 1; i < lengths.Length; i++)
            checksum = Fold(checksum, Next(rest, lengths[i], ref position));
        if (BitConverter.ToUInt64(header[8..]) != checksum)
            return null;
        position = 0;
        ArraySegment<byte> image = Next(rest, lengths[1], ref position), symbols = Next(rest, lengths[2], ref position);
        int[] numbers = Numbers(rest, lengths[3], ref position);
        var map = new ImageMap(numbers[0], numbers[1], numbers[2], numbers[3], Numbers(rest, lengths[4], ref position), Numbers(rest, lengths[5], ref position), Numbers(rest, lengths[6], ref position),
            Numbers(rest, lengths[7], ref position));
        return new CachedModule(image, symbols, map, Numbers(rest, lengths[8], ref position));
    }

    private static bool Holds(SafeFileHandle file, long offset, ReadOnlySpan<byte> content)
    {
        byte[] block = new byte[Math.Min(content.Length, 1 << 16)];
        while (content.Length > 0)
        {
            Span<byte> part = block.AsSpan(0, Math.Min(block.Length, content.Length));
            if (!TryRead(file, part, offset) || !part.SequenceEqual(content[..part.Length]))
                return false;
            content = content[part.Length..];
            offset += part.Length;
        }
        return true;
    }

    private static bool TryRead(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            int count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
                return false;
            bytes = bytes[count..];
            offset += count;
        }
        return true;
    }

    /// <summary>Writes a file.</summary>
    public static void Write(Stream file, ReadOnlySpan<byte> content, CachedModule module)
    {
        ImageMap map = module.Map;
        int[] numbers = [map.ModuleClass, map.FirstGlobal, map.FirstPart, map.PartCount];
        int[] lengths =
        [
            content.Length, module.Image.Count, module.Symbols.Count, numbers.Length * sizeof(int), map.Types.Length * sizeof(int),
            map.Constructors.Length * sizeof(int), map.Functions.Length * sizeof(int), map.Copies.Length * sizeof(int), module.FunctionOffsets.Length * sizeof(int),
        ];
        int[][] tables = [numbers, map.Types, map.Constructors, map.Functions, map.Copies, module.FunctionOffsets];
        Span<byte> header = stackalloc byte[HeaderSize];
        BitConverter.TryWriteBytes(header, Mark);
        MemoryMarshal.AsBytes(lengths.AsSpan()).CopyTo(header[16..]);
        ulong checksum = Fold(Fold(Fold(Hash(header[16..]), content), module.Image), module.Symbols);
        foreach (int[] table in tables)
            checksum = Fold(checksum, MemoryMarshal.AsBytes(table.AsSpan()));
        BitConverter.TryWriteBytes(header[8..], checksum);
        file.Write(header);
        file.Write(content);
        file.Write(module.Image);
        file.Write(module.Symbols);
        foreach (int[] table in tables)
            file.Write(MemoryMarshal.AsBytes(table.AsSpan()));
    }

    /// <summary>
    /// Tells contents apart, and finds damage. Nothing depends on its being hard to forge; a cryptographic hash loads a
    /// native library, which takes as long as a small program does in all.
    /// </summary>
    public static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        ulong hash = (ulong)bytes.Length;
        // Without generic code that .NET has not got ready: starting a small program would wait for it to be compiled.
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        for (int i = 0; i + sizeof(ulong) <= bytes.Length; i += sizeof(ulong))
            hash = (BitOperations.RotateLeft(hash, 23) ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i))) * 0x9E3779B97F4A7C15;
        foreach (byte b in bytes[(bytes.Length & ~7)..])
            hash = (BitOperations.RotateLeft(hash, 23) ^ b) * 0x9E3779B97F4A7C15;
        return hash ^ hash >> 29;
    }

    private static ulong Fold(ulong checksum, ReadOnlySpan<byte> part) => BitOperations.RotateLeft(checksum, 7) ^ Hash(part);

    private static ArraySegment<byte> Next(byte[] file, int length, ref int position)
    {
        var part = new ArraySegment<byte>(file, position, length);
        position += length;
        return part;
    }

    private static int[] Numbers(byte[] file, int length, ref int position)
    {
        var numbers = new int[length / sizeof(int)];
        Buffer.BlockCopy(file, position, numbers, 0, numbers.Length * sizeof(int));
        position += length;
        return numbers;
    }
}
