using System.Numerics;
using System.Runtime.InteropServices;

namespace HlDynamic.Compilation.Emit;

/// <summary>The heaps of a metadata image: names, string literals, signatures, identifiers. Equal content is stored once.</summary>
internal sealed class Heaps
{
    private readonly Dictionary<string, int> names;
    private readonly Dictionary<string, int> literals = new(StringComparer.Ordinal);
    private int[] blobTable;
    private int blobCount;

    /// <param name="sizeHint">About how much code there will be, in bytes.</param>
    public Heaps(int sizeHint)
    {
        names = new Dictionary<string, int>(sizeHint / 100, StringComparer.Ordinal) { [""] = 0 };
        blobTable = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(sizeHint / 32, 512))];
        Names = new ByteWriter(Math.Max(sizeHint / 4, 4096));
        Blobs = new ByteWriter(Math.Max(sizeHint / 8, 4096));
        Names.Byte(0);
        Literals.Byte(0);
        Blobs.Byte(0);
    }

    public ByteWriter Names { get; }

    public ByteWriter Literals { get; } = new(4096);

    public ByteWriter Blobs { get; }

    public ByteWriter Guids { get; } = new(16);

    public int Name(string name)
    {
        if (names.TryGetValue(name, out int offset))
            return offset;
        offset = Names.Length;
        // A name ends at its first zero; the names of a module can hold anything.
        Names.Utf8(name.Contains('\0') ? name.Replace('\0', '?') : name);
        Names.Byte(0);
        names.Add(name, offset);
        return offset;
    }

    /// <summary>The token of a string literal.</summary>
    public int Literal(string text)
    {
        if (!literals.TryGetValue(text, out int offset))
        {
            offset = Literals.Length;
            Literals.Compressed(text.Length * 2 + 1);
            Literals.Raw(MemoryMarshal.AsBytes(text.AsSpan()));
            // ECMA-335 II.24.2.4: whether any character is not plain text.
            Literals.Byte(text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? 1 : 0);
            literals.Add(text, offset);
        }
        return 0x70000000 | offset;
    }

    public int Blob(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return 0;
        if (blobCount * 2 > blobTable.Length)
            Rehash();
        int mask = blobTable.Length - 1;
        int slot = (int)Hash(bytes) & mask;
        for (; blobTable[slot] != 0; slot = (slot + 1) & mask)
            if (Content(blobTable[slot]).SequenceEqual(bytes))
                return blobTable[slot];
        int offset = Blobs.Length;
        Blobs.Compressed(bytes.Length);
        Blobs.Raw(bytes);
        blobTable[slot] = offset;
        blobCount++;
        return offset;
    }

    public int Guid(Guid value)
    {
        Guids.Raw(value.ToByteArray());
        return Guids.Length / 16;
    }

    private ReadOnlySpan<byte> Content(int offset)
    {
        ReadOnlySpan<byte> heap = Blobs.Bytes;
        int first = heap[offset];
        if (first < 0x80)
            return heap.Slice(offset + 1, first);
        if (first < 0xC0)
            return heap.Slice(offset + 2, (first & 0x3F) << 8 | heap[offset + 1]);
        return heap.Slice(offset + 4, (first & 0x1F) << 24 | heap[offset + 1] << 16 | heap[offset + 2] << 8 | heap[offset + 3]);
    }

    private void Rehash()
    {
        int[] old = blobTable;
        blobTable = new int[old.Length * 2];
        foreach (int offset in old)
        {
            if (offset == 0)
                continue;
            int slot = (int)Hash(Content(offset)) & blobTable.Length - 1;
            while (blobTable[slot] != 0)
                slot = (slot + 1) & blobTable.Length - 1;
            blobTable[slot] = offset;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        uint hash = 2166136261;
        foreach (byte b in bytes)
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
