using System.Buffers.Binary;

namespace HlDynamic.Bytecode;

/// <summary>
/// Reads the primitive values of a bytecode file, and makes the errors of this folder: it knows where it is and what it
/// is reading, so every error names the offset and the item.
/// </summary>
internal sealed class ByteReader
{
    private readonly byte[] data;
    private readonly int start;
    private readonly int end;
    private readonly string module;
    private int position;
    private string item = "header";
    private int itemIndex = -1;
    private int instruction = -1;
    private string? opcode;

    public ByteReader(ArraySegment<byte> bytecode, string module)
    {
        data = bytecode.Array ?? [];
        start = position = bytecode.Offset;
        end = start + bytecode.Count;
        this.module = module;
    }

    /// <summary>How many bytes are left.</summary>
    public int Remaining => end - position;

    /// <summary>The offset of the next byte from the start of the file.</summary>
    public int Offset
    {
        get => position - start;
        set => position = start + value;
    }

    /// <summary>How to write a function in errors, once names are known.</summary>
    public Func<int, string>? DescribeFunction { get; set; }

    /// <summary>Says what is read from here on.</summary>
    public void Enter(string item, int index = -1)
    {
        this.item = item;
        itemIndex = index;
        instruction = -1;
    }

    /// <summary>Says which instruction of the function is read from here on.</summary>
    public void EnterInstruction(int index, string? opcode = null)
    {
        instruction = index;
        this.opcode = opcode;
    }

    public byte ReadByte()
    {
        if (position >= end)
            throw Truncated();
        return data[position++];
    }

    /// <summary>Copies the next bytes.</summary>
    public byte[] ReadBytes(int count)
    {
        if (count > Remaining)
            throw Truncated();
        byte[] bytes = data.AsSpan(position, count).ToArray();
        position += count;
        return bytes;
    }

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A number in 1, 2 or 4 bytes: the top bits of the first byte tell the length and the sign.</summary>
    public int ReadIndex()
    {
        int head = ReadByte();
        if (head < 0x80)
            return head;
        int value = (head & 0x40) == 0
            ? ((head & 0x1f) << 8) | ReadByte()
            : ((head & 0x1f) << 24) | (ReadByte() << 16) | (ReadByte() << 8) | ReadByte();
        return (head & 0x20) == 0 ? value : -value;
    }

    /// <summary>A number of the same encoding that must not be negative.</summary>
    public int ReadUnsigned(string what)
    {
        int at = Offset;
        int value = ReadIndex();
        return value >= 0 ? value : throw Invalid(at, $"{what} is negative ({value})");
    }

    /// <summary>How many items follow; refused where the rest of the file cannot hold as many.</summary>
    /// <param name="what">The items, in the plural.</param>
    /// <param name="minimumSize">The fewest bytes an item can take.</param>
    public int ReadCount(string what, int minimumSize)
    {
        int at = Offset;
        int count = ReadIndex();
        if (count < 0)
            throw Invalid(at, $"the number of {what} is negative ({count})");
        CheckCount(at, count, what, minimumSize);
        return count;
    }

    /// <summary>Refuses a count of items that the rest of the file cannot hold.</summary>
    public void CheckCount(int at, int count, string what, int minimumSize)
    {
        if ((long)count * minimumSize > Remaining)
            throw Invalid(at, $"{count} {what} do not fit into the {Remaining} bytes that are left");
    }

    /// <summary>An error about what starts at an offset.</summary>
    public HlBytecodeException Invalid(int offset, string reason) => new(module, offset, $"{Describe()}: {reason}");

    private HlBytecodeException Truncated() => Invalid(end - start, "the file ends here");

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Remaining)
            throw Truncated();
        ReadOnlySpan<byte> bytes = data.AsSpan(position, count);
        position += count;
        return bytes;
    }

    private string Describe()
    {
        string text = itemIndex < 0 ? item
            : item == "function" && DescribeFunction is not null ? DescribeFunction(itemIndex)
            : $"{item} {itemIndex}";
        return instruction < 0 ? text
            : opcode is null ? $"{text}, instruction {instruction}"
            : $"{text}, instruction {instruction} {opcode}";
    }
}
