using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>An object whose fields are added and removed while the program runs (Haxe's <c>{}</c> used as <c>Dynamic</c>).</summary>
public sealed class HlDynObj : HlObject
{
    private readonly HlContext context;
    private int[] table = [];
    private Entry[] entries = [];
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
        if (count > 0)
        {
            int mask = table.Length - 1;
            for (int i = hash & mask; table[i] != 0; i = (i + 1) & mask)
                if (entries[table[i] - 1].Hash == hash)
                    return ref entries[table[i] - 1];
        }
        return ref System.Runtime.CompilerServices.Unsafe.NullRef<Entry>();
    }

    internal bool Has(int hash) => !System.Runtime.CompilerServices.Unsafe.IsNullRef(ref Find(hash));

    /// <summary>Sets a field, adding it if there is none; it takes the type of the value.</summary>
    internal void Set(int hash, HlType type, object? value)
    {
        ref Entry entry = ref Find(hash);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry))
        {
            if (count == entries.Length)
                Array.Resize(ref entries, Math.Max(4, count * 2));
            entries[count] = new Entry { Hash = hash, Type = type, Value = value };
            count++;
            if (count * 2 > table.Length)
                Rebuild();
            else
                Insert(hash, count);
            return;
        }
        entry.Type = type;
        entry.Value = value;
    }

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
        var copy = new HlDynObj(context) { table = (int[])table.Clone(), entries = (Entry[])entries.Clone(), count = count };
        return copy;
    }

    private void Rebuild()
    {
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
