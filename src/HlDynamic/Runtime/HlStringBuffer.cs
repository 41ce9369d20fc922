using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HlDynamic.Runtime;

/// <summary>
/// A Haxe <c>StringBuf</c>: the module's class derives from this. What has been added lies in several blocks, so that growing
/// moves nothing; Haxe code that asks for its fields gets one block that holds everything, and zeros behind.
/// </summary>
internal abstract class HlStringBuffer : HlObject
{
    private const int MaxSize = 1 << 29, Least = 32, MaxBlock = 16_000;

    // So much is rather copied to a larger block.
    private const int Small = 1024;

    // Smaller blocks are cleared when they are made.
    private const int Uncleared = 2048;

    // A text shares the buffer's block if it leaves no more than this unused.
    private const int MaxUnused = 128;

    // The last block, how much there is from its offset on and how much of that is used, in bytes.
    private byte[]? block;
    private int offset;
    private int room;
    private int used;

    // What is in the blocks before it.
    private int before;
    private Block? earlier;

    // Whether there is more behind what is used than zeros.
    private bool isUnclear;
    private bool isRead;

    private sealed class Block(byte[] bytes, int offset, int count, Block? earlier)
    {
        public readonly byte[] Bytes = bytes;
        public readonly int Offset = offset;
        public readonly int Count = count;
        public readonly Block? Earlier = earlier;
    }

    internal HlStringBuffer() { }

    // The names are those of the fields in bytecode: the block, its size and how much of it is used, in bytes.
    internal HlBytes b
    {
        get
        {
            Publish();
            return new HlBytes(block, offset);
        }
        set
        {
            Publish();
            (block, offset) = (value.Buffer, value.Offset);
        }
    }

    internal int size
    {
        get
        {
            Publish();
            return room;
        }
        set
        {
            Publish();
            room = value;
        }
    }

    internal int pos
    {
        get => before + used;
        set
        {
            Publish();
            used = value;
        }
    }

    /// <summary>What Haxe's own <c>toString</c> returns; null where it takes more to say.</summary>
    internal static HlString? ToText(HlStringBuffer buffer, HlTexts texts)
    {
        if (!buffer.IsWhole)
            return null;
        int count = buffer.before + buffer.used;
        byte[] block = buffer.block!;
        if (buffer.earlier is not null || buffer.offset + buffer.used + 2 > block.Length || (!buffer.isRead && buffer.room - buffer.used > MaxUnused))
            block = buffer.Gather(buffer.isRead ? count + (count >> 1) : count);
        else
            buffer.Publish();
        buffer.isRead = true;
        int end = buffer.offset + count;
        block[end] = block[end + 1] = 0;
        return texts.Create(new HlBytes(block, buffer.offset), count >> 1);
    }

    // Whether the last block is as this class makes them, not as Haxe code has set it.
    private bool IsWhole => block is { } bytes && (uint)used <= (uint)room && offset >= 0 && (ulong)(uint)offset + (uint)room <= (uint)bytes.Length && before + used <= MaxSize;

    private void Publish()
    {
        if (earlier is not null)
            Gather(before + used + (before + used >> 1));
        if (!isUnclear || block is null)
            return;
        isUnclear = false;
        block.AsSpan(offset + used).Clear();
    }

    // Puts everything in one block, with room for so much and a zero.
    private byte[] Gather(int newRoom)
    {
        int count = before + used;
        byte[] whole = GC.AllocateUninitializedArray<byte>(newRoom + 2);
        block.AsSpan(offset, used).CopyTo(whole.AsSpan(before));
        int start = before;
        for (Block? next = earlier; next is not null; next = next.Earlier)
        {
            start -= next.Count;
            next.Bytes.AsSpan(next.Offset, next.Count).CopyTo(whole.AsSpan(start));
        }
        whole.AsSpan(count).Clear();
        (block, offset, room, used) = (whole, 0, newRoom, count);
        (before, earlier, isUnclear) = (0, null, false);
        return whole;
    }

    /// <summary>What Haxe's own <c>add</c> does with strings and integers; false for other values, of which nothing is added.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="value">The value.</param>
    /// <param name="text">The value again, if it is a string of the module's class.</param>
    internal static bool TryAdd(HlStringBuffer buffer, object? value, HlString? text)
    {
        if (text is not null)
            return TryAddText(buffer, text);
        return value is int number && TryAddInt(buffer, number);
    }

    /// <summary>The same with a string.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddText(HlStringBuffer buffer, HlString? text) =>
        text is not null && (uint)text.length <= MaxSize / 2 && TryAppend(buffer, text.bytes, text.length * 2);

    /// <summary>The same with an integer.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddInt(HlStringBuffer buffer, int number)
    {
        const int Most = 8;
        int start = buffer.used;
        byte[]? target = buffer.block;
        uint first = (uint)(buffer.offset + start);
        if ((uint)number >= 10_000 || target is null || buffer.room - Most < start || (ulong)first + Most > (uint)target.Length)
            return AddLongInt(buffer, number);
        // Four characters lie in the block.
        ref byte at = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), first);
        int high = number / 100, low = number - (high * 100), end = start;
        if (high != 0)
        {
            end += HlText.WriteTwoDigits(ref at, high);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref at, end - start), HlText.TwoDigits(low));
            end += 4;
        }
        else
        {
            end += HlText.WriteTwoDigits(ref at, low);
        }
        buffer.used = end;
        return true;
    }

    private static bool AddLongInt(HlStringBuffer buffer, int number)
    {
        int count = HlText.CountDigits(number) * 2;
        if (!buffer.HasRoom(count))
            return false;
        HlText.WriteDigits(number, MemoryMarshal.Cast<byte, char>(buffer.block.AsSpan(buffer.offset + buffer.used, count)));
        buffer.used += count;
        return true;
    }

    /// <summary>What Haxe's own <c>addChar</c> does with most characters; false for others, of which nothing is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryAddChar(HlStringBuffer buffer, int code)
    {
        int start = buffer.used;
        byte[]? target = buffer.block;
        uint first = (uint)(buffer.offset + start);
        if ((uint)code >= FirstSurrogate || target is null || buffer.room - 2 < start || (ulong)first + 2 > (uint)target.Length)
            return TryAddCharSlowly(buffer, code);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), first), (ushort)code);
        buffer.used = start + 2;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAddCharSlowly(HlStringBuffer buffer, int code) =>
        (uint)code < FirstSurrogate && buffer.HasRoom(2) && TryAddChar(buffer, code);

    private const uint FirstSurrogate = 0xD800;

    /// <summary>What Haxe's own <c>addSub</c> does where there is something to add; else false.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool TryAddSub(HlStringBuffer buffer, HlString? text, int position, int length) =>
        text is not null && (uint)position < (uint)text.length && (uint)text.length <= MaxSize / 2 && length > 0
        && TryAppend(buffer, text.bytes.Add(position * 2), Math.Min(length, text.length - position) * 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryAppend(HlStringBuffer buffer, HlBytes text, int count)
    {
        byte[]? source = text.Buffer;
        int offset = text.Offset, start = buffer.used, end = start + count;
        byte[]? target = buffer.block;
        uint first = (uint)(buffer.offset + start);
        if ((uint)(count - 4) > 32 - 4 || source is null || target is null || buffer.room < end
            || (ulong)(uint)offset + (uint)count > (uint)source.Length || (ulong)first + (uint)count > (uint)target.Length)
            return TryAppendMany(buffer, source, offset, count);
        // Both ranges lie in their blocks. A few characters are moved by two moves that may overlap, without a call.
        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), offset);
        ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(target), first);
        if (count >= 16)
            Move<Vector128<byte>>(ref from, ref to, count - 16);
        else if (count >= 8)
            Move<ulong>(ref from, ref to, count - 8);
        else
            Move<uint>(ref from, ref to, count - 4);
        buffer.used = end;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Move<T>(ref byte from, ref byte to, int last) where T : unmanaged
    {
        T head = Unsafe.ReadUnaligned<T>(ref from), tail = Unsafe.ReadUnaligned<T>(ref Unsafe.Add(ref from, last));
        Unsafe.WriteUnaligned(ref to, head);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, last), tail);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryAppendMany(HlStringBuffer buffer, byte[]? source, int offset, int count)
    {
        if (source is null || (ulong)(uint)offset + (uint)count > (uint)source.Length)
            return false;
        if (!buffer.HasRoom(count))
            return false;
        source.AsSpan(offset, count).CopyTo(buffer.block.AsSpan(buffer.offset + buffer.used));
        buffer.used += count;
        return true;
    }

    // Whether there is room for so much more in the last block, perhaps a new one; not in what Haxe code has set.
    private bool HasRoom(int count)
    {
        if (!IsWhole || count > MaxSize - (before + used))
            return false;
        if (count <= room - used)
            return true;
        byte[] filled = block!;
        int total = before + used;
        if (total < Small)
        {
            block = new byte[Math.Max(total + count, Math.Max(total * 2, Least))];
            filled.AsSpan(offset, total).CopyTo(block);
            (offset, room) = (0, block.Length);
            return true;
        }
        int size = Math.Max(count, Math.Min(total, MaxBlock));
        earlier = new Block(filled, offset, used, earlier);
        block = size < Uncleared ? new byte[size] : GC.AllocateUninitializedArray<byte>(size);
        (offset, room, used, before, isUnclear) = (0, size, 0, total, size >= Uncleared);
        return true;
    }
}
