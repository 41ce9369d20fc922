namespace HlDynamic.Compilation.Emit;

/// <summary>The tables that compiled modules and their symbols use, with their numbers (ECMA-335 II.22, Portable PDB).</summary>
internal enum TableKind
{
    Module = 0x00,
    TypeRef = 0x01,
    TypeDef = 0x02,
    Field = 0x04,
    MethodDef = 0x06,
    Param = 0x08,
    InterfaceImpl = 0x09,
    MemberRef = 0x0A,
    CustomAttribute = 0x0C,
    StandAloneSig = 0x11,
    MethodImpl = 0x19,
    TypeSpec = 0x1B,
    Assembly = 0x20,
    AssemblyRef = 0x23,
    MethodSpec = 0x2B,
    Document = 0x30,
    MethodDebugInformation = 0x31,
    LocalScope = 0x32,
    LocalVariable = 0x33,
    ImportScope = 0x35,
}

/// <summary>What a column holds: a number of two or four bytes, an offset in a heap, a row of a table, or of one of several.</summary>
internal enum Column
{
    UInt16,
    UInt32,
    Name,
    Blob,
    Guid,
    Field,
    Method,
    Param,
    ImportScope,
    LocalVariable,
    LocalConstant,
    Document,
    TypeDef,
    TypeDefOrRef,
    MemberRefParent,
    ResolutionScope,
    MethodDefOrRef,
    HasCustomAttribute,
    CustomAttributeType,
}

/// <summary>A table: rows of numbers, as many to a row as there are columns.</summary>
internal sealed class MetadataTable(TableKind kind, params Column[] columns)
{
    // In blocks, as one array that grows would leave several times the table behind.
    private const int BlockRows = 1024;

    private readonly List<int[]> blocks = [];

    public TableKind Kind { get; } = kind;

    public Column[] Columns { get; } = columns;

    public int Count { get; private set; }

    /// <summary>Adds a row, of which as many values count as there are columns, and returns its number, from 1.</summary>
    public int Add(int a, int b = 0, int c = 0, int d = 0, int e = 0, int f = 0, int g = 0, int h = 0, int i = 0)
    {
        if (Count % BlockRows == 0)
            blocks.Add(new int[(Count == 0 ? 64 : BlockRows) * Columns.Length]);
        else if (Count == 64)
            blocks[0] = [.. blocks[0], .. new int[(BlockRows - 64) * Columns.Length]];
        ReadOnlySpan<int> row = stackalloc int[] { a, b, c, d, e, f, g, h, i };
        row[..Columns.Length].CopyTo(blocks[^1].AsSpan(Count % BlockRows * Columns.Length));
        return ++Count;
    }

    /// <summary>The values of a row, which is numbered from 1.</summary>
    public ReadOnlySpan<int> Row(int row) => blocks[(row - 1) / BlockRows].AsSpan((row - 1) % BlockRows * Columns.Length, Columns.Length);
}

/// <summary>The tables and heaps of one metadata image.</summary>
internal sealed class MetadataImage(int sizeHint)
{
    private static readonly TableKind[] TypeDefOrRef = [TableKind.TypeDef, TableKind.TypeRef, TableKind.TypeSpec];
    private static readonly TableKind[] MemberRefParent = [TableKind.TypeDef, TableKind.TypeRef, TableKind.MethodDef, TableKind.TypeSpec];

    private readonly MetadataTable?[] tables = new MetadataTable?[64];

    public Heaps Heaps { get; } = new(sizeHint);

    /// <summary>For symbols: how many rows the tables of the assembly have.</summary>
    public MetadataImage? Assembly { get; set; }

    public MetadataTable Table(TableKind kind, params Column[] columns) => tables[(int)kind] = new MetadataTable(kind, columns);

    public int Rows(TableKind kind) => tables[(int)kind]?.Count ?? Assembly?.Rows(kind) ?? 0;

    private bool IsLarge(Column column) => column switch
    {
        Column.UInt16 => false,
        Column.UInt32 => true,
        Column.Name => Heaps.Names.Length > 0xFFFF,
        Column.Blob => Heaps.Blobs.Length > 0xFFFF,
        Column.Guid => false,
        Column.Field => Rows(TableKind.Field) > 0xFFFF,
        Column.Method => Rows(TableKind.MethodDef) > 0xFFFF,
        Column.Param => Rows(TableKind.Param) > 0xFFFF,
        Column.ImportScope => Rows(TableKind.ImportScope) > 0xFFFF,
        Column.LocalVariable => Rows(TableKind.LocalVariable) > 0xFFFF,
        Column.LocalConstant => false,
        Column.Document => Rows(TableKind.Document) > 0xFFFF,
        Column.TypeDef => Rows(TableKind.TypeDef) > 0xFFFF,
        Column.TypeDefOrRef => IsLargeAny(TypeDefOrRef, 2),
        Column.MemberRefParent => IsLargeAny(MemberRefParent, 3),
        Column.ResolutionScope => IsLargeAny([TableKind.Module, TableKind.AssemblyRef, TableKind.TypeRef], 2),
        Column.MethodDefOrRef => IsLargeAny([TableKind.MethodDef, TableKind.MemberRef], 1),
        Column.CustomAttributeType => IsLargeAny([TableKind.MethodDef, TableKind.MemberRef], 3),
        _ => IsLargeAny([TableKind.MethodDef, TableKind.Field, TableKind.TypeRef, TableKind.TypeDef, TableKind.Param, TableKind.InterfaceImpl, TableKind.MemberRef, TableKind.Module,
            TableKind.StandAloneSig, TableKind.TypeSpec, TableKind.Assembly, TableKind.AssemblyRef, TableKind.MethodSpec], 5),
    };

    private bool IsLargeAny(TableKind[] kinds, int bits)
    {
        foreach (TableKind kind in kinds)
            if (Rows(kind) >= 1 << (16 - bits))
                return true;
        return false;
    }

    /// <summary>A type's token as a coded index.</summary>
    public static int CodeType(int token) => (token & 0xFFFFFF) << 2 | (token >> 24) switch { 0x02 => 0, 0x01 => 1, _ => 2 };

    /// <summary>A type's token as the parent of a member.</summary>
    public static int CodeParent(int token) => (token & 0xFFFFFF) << 3 | (token >> 24) switch { 0x02 => 0, 0x01 => 1, _ => 4 };

    /// <summary>ECMA-335 II.24.2: the image, in pieces that follow each other: its root, then its streams.</summary>
    /// <param name="pdb">For symbols, the content of their stream <c>#Pdb</c>.</param>
    public List<ByteWriter> Write(ByteWriter? pdb = null)
    {
        var tableStream = new ByteWriter(TableSize());
        WriteTables(tableStream, pdb is not null);
        string[] names = ["#Pdb", "#~", "#Strings", "#US", "#GUID", "#Blob"];
        var root = new ByteWriter(256);
        var pieces = new List<ByteWriter> { root, pdb ?? tableStream, tableStream, Heaps.Names, Heaps.Literals, Heaps.Guids, Heaps.Blobs };
        int first = pdb is null ? 1 : 0;
        if (pdb is null)
            pieces.RemoveAt(1);
        string version = pdb is null ? "v4.0.30319" : "PDB v1.0";
        root.Int32(0x424A5342);
        root.UInt16(1);
        root.UInt16(1);
        root.Int32(0);
        int versionLength = (version.Length + 4) / 4 * 4;
        root.Int32(versionLength);
        root.Utf8(version);
        root.Zeros(versionLength - version.Length);
        root.UInt16(0);
        root.UInt16(names.Length - first);
        int offset = root.Length;
        for (int i = first; i < names.Length; i++)
            offset += 8 + (names[i].Length + 4) / 4 * 4;
        for (int i = first; i < names.Length; i++)
        {
            ByteWriter content = pieces[i - first + 1];
            content.Align(4);
            root.Int32(offset);
            root.Int32(content.Length);
            root.Utf8(names[i]);
            root.Zeros((names[i].Length + 4) / 4 * 4 - names[i].Length);
            offset += content.Length;
        }
        return pieces;
    }

    // At most: a value takes two or four bytes.
    private int TableSize()
    {
        int size = 24 + 64 * sizeof(int);
        foreach (MetadataTable? table in tables)
            if (table is not null)
                foreach (Column column in table.Columns)
                    size += table.Count * (IsLarge(column) ? 4 : 2);
        return size;
    }

    private void WriteTables(ByteWriter stream, bool isPdb)
    {
        long valid = 0;
        foreach (MetadataTable? table in tables)
            if (table is { Count: > 0 })
                valid |= 1L << (int)table.Kind;
        stream.Int32(0);
        stream.Byte(2);
        stream.Byte(0);
        stream.Byte((Heaps.Names.Length > 0xFFFF ? 1 : 0) | (Heaps.Blobs.Length > 0xFFFF ? 4 : 0));
        stream.Byte(1);
        stream.Int64(valid);
        // ECMA-335 II.24.2.6: the tables whose rows are sorted.
        stream.Int64(isPdb ? 1L << (int)TableKind.LocalScope : 0x16003301FA00);
        foreach (MetadataTable? table in tables)
            if (table is { Count: > 0 })
                stream.Int32(table.Count);
        foreach (MetadataTable? table in tables)
        {
            if (table is not { Count: > 0 })
                continue;
            var isLarge = new bool[table.Columns.Length];
            for (int i = 0; i < isLarge.Length; i++)
                isLarge[i] = IsLarge(table.Columns[i]);
            for (int row = 1; row <= table.Count; row++)
            {
                ReadOnlySpan<int> cells = table.Row(row);
                for (int i = 0; i < isLarge.Length; i++)
                    stream.Index(cells[i], isLarge[i]);
            }
        }
    }

    /// <summary>The row counts of the assembly's tables, as the stream <c>#Pdb</c> lists them.</summary>
    public void WriteRowCounts(ByteWriter stream)
    {
        long referenced = 0;
        foreach (MetadataTable? table in tables)
            if (table is { Count: > 0 })
                referenced |= 1L << (int)table.Kind;
        stream.Int64(referenced);
        foreach (MetadataTable? table in tables)
            if (table is { Count: > 0 })
                stream.Int32(table.Count);
    }
}
