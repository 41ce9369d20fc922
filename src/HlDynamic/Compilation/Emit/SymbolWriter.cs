namespace HlDynamic.Compilation.Emit;

/// <summary>Writes a portable PDB: which file and line each place in a method comes from, and the names of locals.</summary>
internal sealed class SymbolWriter
{
    private static readonly Guid Haxe = new("6b1f9d3e-52a7-4e0b-9c3c-6a9d0f5e2b41");

    private readonly IReadOnlyList<string> files;
    private readonly List<Encoded> methods = [];
    private readonly MetadataImage pdb;
    private readonly MetadataTable documents, information, scopes, locals;
    private readonly int language;
    private readonly int[] rows;
    private readonly ByteWriter blob = new(256);
    private readonly MethodSymbols current = new();

    /// <param name="files">The source files, by the numbers that methods give them.</param>
    /// <param name="sizeHint">About how much code there will be, in bytes.</param>
    public SymbolWriter(IReadOnlyList<string> files, int sizeHint)
    {
        pdb = new MetadataImage(sizeHint / 4);
        this.files = files;
        rows = new int[files.Count];
        documents = pdb.Table(TableKind.Document, Column.Blob, Column.Guid, Column.Blob, Column.Guid);
        information = pdb.Table(TableKind.MethodDebugInformation, Column.Document, Column.Blob);
        scopes = pdb.Table(TableKind.LocalScope, Column.Method, Column.ImportScope, Column.LocalVariable, Column.LocalConstant, Column.UInt32, Column.UInt32);
        locals = pdb.Table(TableKind.LocalVariable, Column.UInt16, Column.UInt16, Column.Name);
        pdb.Table(TableKind.ImportScope, Column.ImportScope, Column.Blob).Add(0, 0);
        language = pdb.Heaps.Guid(Haxe);
    }

    // What is kept of a method's symbols until methods have their final numbers.
    private sealed record Encoded(MethodDefinition Method, int Document, int Points, int FirstLocal, int Length);

    /// <summary>What identifies the symbols: 16 bytes and a stamp of 4.</summary>
    public byte[] Id { get; } = NewId();

    /// <summary>Starts the symbols of a method; those of the one before are complete.</summary>
    public MethodSymbols Add(MethodDefinition method)
    {
        current.Start(method);
        return current;
    }

    /// <summary>Ends the symbols of a method.</summary>
    public void Complete(MethodSymbols symbols)
    {
        if (symbols.Count == 0)
            return;
        blob.Clear();
        for (int i = 0; i < symbols.Count; i++)
            if (rows[symbols.File(i)] == 0)
                rows[symbols.File(i)] = documents.Add(DocumentName(files[symbols.File(i)]), 0, 0, language);
        bool isSingle = symbols.Encode(rows, blob);
        int firstLocal = symbols.Locals.Count == 0 ? 0 : locals.Count + 1;
        foreach (NamedLocal local in symbols.Locals)
            locals.Add(0, local.Index, pdb.Heaps.Name(local.Name));
        methods.Add(new Encoded(symbols.Method, isSingle ? rows[symbols.File(0)] : 0, pdb.Heaps.Blob(blob.Bytes), firstLocal, symbols.Length));
    }

    /// <summary>Completes the symbols, once methods have their final numbers.</summary>
    public void Complete(MetadataImage assembly)
    {
        pdb.Assembly = assembly;
        int methodCount = assembly.Rows(TableKind.MethodDef);
        var byRow = new int[methodCount + 1];
        for (int i = 0; i < methods.Count; i++)
            byRow[methods[i].Method.Row] = i + 1;
        for (int row = 1; row <= methodCount; row++)
        {
            Encoded? symbols = byRow[row] == 0 ? null : methods[byRow[row] - 1];
            information.Add(symbols?.Document ?? 0, symbols?.Points ?? 0);
            if (symbols?.FirstLocal > 0)
                scopes.Add(row, 1, symbols.FirstLocal, 1, 0, symbols.Length);
        }
        methods.Clear();
    }

    /// <summary>Writes the completed symbols.</summary>
    public byte[] Write()
    {
        var stream = new ByteWriter(128);
        stream.Raw(Id);
        stream.Int32(0);
        pdb.Assembly!.WriteRowCounts(stream);
        List<ByteWriter> pieces = pdb.Write(stream);
        int length = 0;
        foreach (ByteWriter piece in pieces)
            length += piece.Length;
        var image = new ByteWriter(length);
        foreach (ByteWriter piece in pieces)
            image.Raw(piece.Bytes);
        return image.ToArray();
    }

    // Unique will do, as the assembly's own identity is: a hash of the content would load a cryptography library.
    private static byte[] NewId()
    {
        var id = new byte[20];
        Guid.NewGuid().TryWriteBytes(id);
        return id;
    }

    // Portable PDB format, "Document Name Blob": the parts of the path, each a blob.
    private int DocumentName(string path)
    {
        char separator = path.Contains('/') || !path.Contains('\\') ? '/' : '\\';
        var blob = new ByteWriter(32);
        blob.Byte(separator);
        foreach (string part in path.Split(separator))
            blob.Compressed(part.Length == 0 ? 0 : pdb.Heaps.Blob(System.Text.Encoding.UTF8.GetBytes(part)));
        return pdb.Heaps.Blob(blob.Bytes);
    }
}

/// <summary>A local variable's name.</summary>
internal sealed record NamedLocal(int Index, string Name);

/// <summary>The symbols of one method.</summary>
internal sealed class MethodSymbols
{
    // What the format can hold.
    private const int MaxLine = 0x1FFFFFFE;

    private int[] points = new int[24];

    public MethodDefinition Method { get; private set; } = null!;

    /// <summary>Forgets all, for another method.</summary>
    public void Start(MethodDefinition method)
    {
        Method = method;
        Count = 0;
        Length = 0;
        Locals.Clear();
    }

    public List<NamedLocal> Locals { get; } = [];

    /// <summary>The length of the method's CIL.</summary>
    public int Length { get; set; }

    /// <summary>How many places have a position.</summary>
    public int Count { get; private set; }

    public int File(int point) => points[point * 3 + 1];

    /// <summary>From this offset on, code comes from this line.</summary>
    public void Mark(int offset, int file, int line)
    {
        if (line is <= 0 or >= MaxLine || file < 0)
            return;
        if (Count > 0 && points[Count * 3 - 3] == offset)
            Count--;
        if (Count > 0 && points[Count * 3 - 2] == file && points[Count * 3 - 1] == line)
            return;
        if (Count * 3 == points.Length)
            Array.Resize(ref points, points.Length * 2);
        points[Count * 3] = offset;
        points[Count * 3 + 1] = file;
        points[Count * 3 + 2] = line;
        Count++;
    }

    /// <summary>Portable PDB format, "Sequence Points Blob". Returns whether all points are of one file.</summary>
    public bool Encode(int[] documents, ByteWriter blob)
    {
        bool isSingle = true;
        for (int i = 1; i < Count; i++)
            isSingle &= File(i) == File(0);
        blob.Compressed(0);
        if (!isSingle)
            blob.Compressed(documents[File(0)]);
        for (int i = 0; i < Count; i++)
        {
            if (i > 0 && File(i) != File(i - 1))
            {
                blob.Compressed(0);
                blob.Compressed(documents[File(i)]);
            }
            int offset = points[i * 3], line = points[i * 3 + 2];
            blob.Compressed(i == 0 ? offset : offset - points[i * 3 - 3]);
            // The span: no further line, one column.
            blob.Compressed(0);
            blob.Compressed(1);
            if (i == 0)
            {
                blob.Compressed(line);
                blob.Compressed(1);
            }
            else
            {
                blob.CompressedSigned(line - points[i * 3 - 1]);
                blob.CompressedSigned(0);
            }
        }
        return isSingle;
    }
}
