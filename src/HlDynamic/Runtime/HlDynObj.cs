using System.Runtime.CompilerServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>An object whose fields are added and removed while the program runs (Haxe's <c>{}</c> used as <c>Dynamic</c>).</summary>
public sealed class HlDynObj : HlObject
{
    // So many fields are looked through without a table.
    private const int Few = 8;
    private static readonly Entry[] NoEntries = new Entry[0];
    private readonly HlContext context;
    private int[] table = [];
    private Entry[] entries = NoEntries;
    private int count;

    /// <summary>A field: its name's number, its type, its value boxed as <c>Dynamic</c>.</summary>
    internal struct Entry
    {
        public int Hash;
        public HlType Type;
        public object? Value;
    }

    internal HlDynObj(HlContext context) => this.context = context;

    /// <inheritdoc/>
    protected internal override HlType RuntimeType => context.Basic(HlTypeKind.DynObj);

    /// <summary>The fields in the order in which they were added.</summary>
    internal ReadOnlySpan<Entry> Entries => entries.AsSpan(0, count);

    /// <summary>The structural views of this object that exist already, newest first, so that a type has one view only.</summary>
    internal List<HlVirtual>? Views;

    /// <summary>The field with this number, or a null reference.</summary>
    internal ref Entry Find(int hash)
    {
        int slot = -1;
        return ref Find(hash, ref slot);
    }

    /// <summary>The field with this number, or a null reference; <paramref name="slot"/> is where it was found last, in this or another object.</summary>
    internal ref Entry Find(int hash, scoped ref int slot)
    {
        int guess = slot;
        if ((uint)guess < (uint)count && entries[guess].Hash == hash)
            return ref entries[guess];
        if (table.Length == 0)
        {
            for (int i = 0; i < count; i++)
                if (entries[i].Hash == hash)
                    return ref entries[slot = i];
        }
        else
        {
            int mask = table.Length - 1;
            for (int i = hash & mask; table[i] != 0; i = (i + 1) & mask)
                if (entries[table[i] - 1].Hash == hash)
                    return ref entries[slot = table[i] - 1];
        }
        return ref Unsafe.NullRef<Entry>();
    }

    /// <summary>The value of a field, or null.</summary>
    internal object? Get(int hash)
    {
        ref Entry entry = ref Find(hash);
        return Unsafe.IsNullRef(ref entry) ? null : entry.Value;
    }

    internal bool Has(int hash) => !Unsafe.IsNullRef(ref Find(hash));

    /// <summary>Sets a field, adding it if there is none; it takes the type of the value.</summary>
    internal void Set(int hash, HlType type, object? value)
    {
        int slot = -1;
        Set(hash, type, value, ref slot);
    }

    /// <inheritdoc cref="Set(int, HlType, object?)"/>
    internal void Set(int hash, HlType type, object? value, ref int slot)
    {
        ref Entry entry = ref Find(hash, ref slot);
        if (!Unsafe.IsNullRef(ref entry))
        {
            if (ReferenceEquals(entry.Type, type) || SizeOf(entry.Type) == SizeOf(type))
            {
                entry.Type = type;
                entry.Value = value;
                return;
            }
            // A field that has to move to other memory becomes the last one (HashLink std/obj.c: hl_obj_lookup_set).
            Remove(hash);
        }
        if (count == entries.Length)
        {
            Entry[] old = entries;
            entries = new Entry[count == 0 ? context.ExpectedFields(hash) : GrowFrom(count)];
            Array.Copy(old, entries, count);
        }
        entries[count] = new Entry { Hash = hash, Type = type, Value = value };
        slot = count++;
        if (count <= Few)
            return;
        if (count * 2 > table.Length)
            Rebuild();
        else
            Insert(hash, count);
    }

    // Small ones by one: objects that begin with the same field will start with just as much room.
    private int GrowFrom(int size)
    {
        if (size > Few)
            return size * 2;
        context.ExpectFields(entries[0].Hash, size + 1);
        return size + 1;
    }

    // Pointers and numbers lie apart, numbers of different sizes too.
    private static int SizeOf(HlType type) => type.Kind switch
    {
        HlTypeKind.UI8 or HlTypeKind.Bool => 1,
        HlTypeKind.UI16 => 2,
        HlTypeKind.I32 or HlTypeKind.F32 => 4,
        HlTypeKind.I64 or HlTypeKind.F64 or HlTypeKind.Guid => 8,
        _ => 0,
    };

    /// <summary>Removes a field; false if there is none.</summary>
    internal bool Remove(int hash)
    {
        for (int i = 0; i < count; i++)
        {
            if (entries[i].Hash != hash)
                continue;
            Array.Copy(entries, i + 1, entries, i, count - i - 1);
            entries[--count] = default;
            Rebuild();
            return true;
        }
        return false;
    }

    /// <summary>A new object with the same fields.</summary>
    internal HlDynObj Copy()
    {
        return new HlDynObj(context) { table = (int[])table.Clone(), entries = (Entry[])entries.Clone(), count = count };
    }

    private void Rebuild()
    {
        if (count <= Few)
        {
            table = [];
            return;
        }
        int size = 8;
        while (size < count * 2)
            size *= 2;
        table = new int[size];
        for (int i = 0; i < count; i++)
            Insert(entries[i].Hash, i + 1);
    }

    private void Insert(int hash, int position)
    {
        int mask = table.Length - 1, i = hash & mask;
        while (table[i] != 0)
            i = (i + 1) & mask;
        table[i] = position;
    }
}
