namespace HlDynamic.Runtime;

/// <summary>A field's name and the number it has.</summary>
internal sealed class FieldName(string text, int hash)
{
    public string Text { get; } = text;

    public int Hash { get; } = hash;

    public HlBytes Bytes { get; } = HlBytes.FromString(text);

    private MadeString? made;

    /// <summary>The name as a string of a module, the same one each time for the module that asks most.</summary>
    public HlString String(HlTexts texts)
    {
        // Another thread may be writing, so what is read is read once.
        if (Volatile.Read(ref made) is { } known && ReferenceEquals(known.Maker, texts))
            return known.Made;
        HlString result = texts.Create(Bytes);
        Volatile.Write(ref made, new MadeString(texts, result));
        return result;
    }

    private sealed record MadeString(HlTexts Maker, HlString Made);
}

/// <summary>Names by their numbers. Any thread may look without a lock; those that add take one.</summary>
internal sealed class FieldNames
{
    private FieldName?[] slots = new FieldName?[256];
    private int count;

    /// <summary>The name with this number, or null.</summary>
    public FieldName? Find(int hash)
    {
        FieldName?[] table = Volatile.Read(ref slots);
        for (int i = hash & (table.Length - 1); table[i] is { } name; i = (i + 1) & (table.Length - 1))
            if (name.Hash == hash)
                return name;
        return null;
    }

    /// <summary>Adds a name whose number is not taken.</summary>
    public void Add(FieldName name)
    {
        if (++count * 2 > slots.Length)
        {
            var larger = new FieldName?[slots.Length * 2];
            foreach (FieldName? known in slots)
                if (known is not null)
                    Insert(larger, known);
            Volatile.Write(ref slots, larger);
        }
        Insert(slots, name);
    }

    private static void Insert(FieldName?[] table, FieldName name)
    {
        int i = name.Hash & (table.Length - 1);
        while (table[i] is not null)
            i = (i + 1) & (table.Length - 1);
        Volatile.Write(ref table[i], name);
    }
}
