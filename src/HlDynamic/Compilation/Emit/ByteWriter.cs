using System.Buffers.Binary;
using System.Text;

namespace HlDynamic.Compilation.Emit;

/// <summary>A growing block of bytes, written in the encodings of ECMA-335.</summary>
internal sealed class ByteWriter(int capacity = 64)
{
    private byte[] buffer = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, Length);

    /// <summary>What was written, as an array: the block itself where it is full.</summary>
    public byte[] ToArray() => Length == buffer.Length ? buffer : Bytes.ToArray();

    /// <summary>Forgets what was written, so that the block can be used again.</summary>
    public void Clear() => Length = 0;

    public void Byte(int value)
    {
        if (Length == buffer.Length)
            Grow(1);
        buffer[Length++] = (byte)value;
    }

    public void UInt16(int value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), (ushort)value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void Zeros(int count) => Reserve(count).Clear();

    public void Align(int alignment)
    {
        while (Length % alignment != 0)
            Byte(0);
    }

    /// <summary>Writes an index as two bytes, or four.</summary>
    public void Index(int value, bool isLarge)
    {
        if (isLarge)
            Int32(value);
        else
            UInt16(value);
    }

    /// <summary>ECMA-335 II.23.2: an unsigned number in one, two or four bytes.</summary>
    public void Compressed(int value)
    {
        switch (value)
        {
            case < 0x80:
                Byte(value);
                break;
            case < 0x4000:
                Byte(value >> 8 | 0x80);
                Byte(value);
                break;
            default:
                Byte(value >> 24 | 0xC0);
                Byte(value >> 16);
                Byte(value >> 8);
                Byte(value);
                break;
        }
    }

    /// <summary>ECMA-335 II.23.2: a signed number, its sign in the lowest bit.</summary>
    public void CompressedSigned(int value)
    {
        int sign = value < 0 ? 1 : 0;
        if (value is >= -0x40 and < 0x40)
        {
            Byte((value & 0x3F) << 1 | sign);
        }
        else if (value is >= -0x2000 and < 0x2000)
        {
            int bits = (value & 0x1FFF) << 1 | sign;
            Byte(bits >> 8 | 0x80);
            Byte(bits);
        }
        else
        {
            int bits = (value & 0xFFFFFFF) << 1 | sign;
            Byte(bits >> 24 | 0xC0);
            Byte(bits >> 16);
            Byte(bits >> 8);
            Byte(bits);
        }
    }

    public void Utf8(string text) => Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetByteCount(text)));

    public void PatchInt32(int position, int value) => BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(position, 4), value);

    public int ReadInt32(int position) => BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(position, 4));

    private Span<byte> Reserve(int count)
    {
        if (Length + count > buffer.Length)
            Grow(count);
        Span<byte> span = buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    private void Grow(int count) => Array.Resize(ref buffer, Math.Max(buffer.Length * 2, Length + count));
}
