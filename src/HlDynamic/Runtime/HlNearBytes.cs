using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HlDynamic.Runtime;

/// <summary>Accesses to a block of bytes from its start (<see cref="HlBytes.Near"/>). None of them throws but for null.</summary>
internal static class HlNearBytes
{
    /// <summary>Whether a number at a position lies in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Has<T>(byte[] block, int position) where T : unmanaged => Unsafe.SizeOf<T>() == 1
        ? (uint)position < (uint)block.Length
        : (uint)position <= (long)block.Length - Unsafe.SizeOf<T>();

    /// <summary>Whether an element lies in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasElement<T>(byte[] block, int index) where T : unmanaged => (uint)index < (uint)block.Length / (uint)Unsafe.SizeOf<T>();

    /// <summary>Reads at a position that lies in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(byte[] block, int position) where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Place(block, (uint)position));

    /// <summary>Reads an element that lies in the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ReadElement<T>(byte[] block, int index) where T : unmanaged =>
        Unsafe.ReadUnaligned<T>(ref Place(block, (uint)index * (nuint)Unsafe.SizeOf<T>()));

    /// <summary>Writes at a position; false if it lies outside of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWrite<T>(byte[] block, int position, T value) where T : unmanaged
    {
        if (!Has<T>(block, position))
            return false;
        Unsafe.WriteUnaligned(ref Place(block, (uint)position), value);
        return true;
    }

    /// <summary>Writes an element; false if it lies outside of the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryWriteElement<T>(byte[] block, int index, T value) where T : unmanaged
    {
        if (!HasElement<T>(block, index))
            return false;
        Unsafe.WriteUnaligned(ref Place(block, (uint)index * (nuint)Unsafe.SizeOf<T>()), value);
        return true;
    }

    private static ref byte Place(byte[] block, nuint position) => ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(block), position);
}
