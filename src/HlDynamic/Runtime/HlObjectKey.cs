using System.Runtime.CompilerServices;

namespace HlDynamic.Runtime;

/// <summary>
/// Keys of <c>hl.types.ObjectMap</c>: objects, by identity. HashLink enumerates them in an order that depends on
/// addresses; here it is the order in which the keys were added.
/// </summary>
internal readonly struct HlObjectKey : IHlMapKey<object?, HlHashedObject>
{
    // Null is a key like others, while an entry without a key has been removed.
    private static readonly object Null = new();

    public static bool InOrderOfAddition => true;

    public static uint Hash(object? key) => (uint)RuntimeHelpers.GetHashCode(key);

    // A structure is as good as the object behind it, which it gets now if it has none, as later views must find it.
    // Pointers are equal where they point to the same place. Neither is ever kept as it came, so others are found first.
    public static bool Normalize(ref object? key, ref uint hash)
    {
        switch (key)
        {
            case HlVirtual structure:
                key = structure.Target is null ? structure.MakeDynamic() : HlVirtual.Unwrap(structure);
                hash = Hash(key);
                return true;
            case HlBytes bytes:
                hash = (uint)bytes.GetHashCode();
                return true;
            case null:
                key = Null;
                hash = Hash(key);
                return true;
            default:
                return false;
        }
    }

    public static HlHashedObject Keep(object? key, uint hash) => new(key, hash);

    public static object? Key(HlHashedObject kept) => ReferenceEquals(kept.Key, Null) ? null : kept.Key;

    public static uint KeptHash(HlHashedObject kept) => kept.Hash;

    public static uint CellHash(HlHashedObject kept) => kept.Hash;

    public static bool Matches(in HlHashedObject kept, object? key, uint hash) =>
        ReferenceEquals(kept.Key, key) || (kept.Hash == hash && kept.Key is HlBytes a && key is HlBytes b && a == b);
}

/// <summary>An object and its hash, which it takes a call to ask for.</summary>
internal readonly struct HlHashedObject(object? key, uint hash)
{
    public readonly object? Key = key;
    public readonly uint Hash = hash;
}
