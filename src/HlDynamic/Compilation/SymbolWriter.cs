using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using HlDynamic.Bytecode;

namespace HlDynamic.Compilation;

/// <summary>
/// Writes a module's portable PDB: which file and line each place in a method comes from, and the names of locals.
/// (The CIL builder's own writer garbles methods that come from several files, as inlined Haxe functions do.)
/// </summary>
internal sealed class SymbolWriter(HlModule module)
{
    private readonly List<MethodSymbols> methods = [];

    /// <summary>Starts the symbols of a method.</summary>
    public MethodSymbols Add(MethodBuilder method)
    {
        var symbols = new MethodSymbols(method);
        methods.Add(symbols);
        return symbols;
    }

    /// <summary>Builds the tables, once methods have their final numbers.</summary>
    public MetadataBuilder Build(int methodCount)
    {
        var metadata = new MetadataBuilder();
        var documents = new DocumentHandle[module.DebugFiles.Length];
        var byRow = new MethodSymbols?[methodCount + 1];
        foreach (MethodSymbols symbols in methods)
            byRow[symbols.Method.MetadataToken & 0xFFFFFF] = symbols;
        metadata.AddImportScope(default, metadata.GetOrAddBlob(new BlobBuilder()));
        for (int row = 1; row <= methodCount; row++)
        {
            if (byRow[row] is not { Points.Count: > 0 } symbols)
            {
                metadata.AddMethodDebugInformation(default, default);
                continue;
            }
            bool isSingle = symbols.Points.TrueForAll(p => p.File == symbols.Points[0].File);
            DocumentHandle Document(int file)
            {
                if (documents[file].IsNil)
                    documents[file] = metadata.AddDocument(metadata.GetOrAddDocumentName(module.DebugFiles[file]), default, default, metadata.GetOrAddGuid(Haxe));
                return documents[file];
            }
            BlobBuilder blob = Encode(symbols.Points, isSingle, Document);
            metadata.AddMethodDebugInformation(isSingle ? Document(symbols.Points[0].File) : default, metadata.GetOrAddBlob(blob));
            if (symbols.Locals.Count == 0)
                continue;
            LocalVariableHandle first = default;
            foreach ((int index, string name) in symbols.Locals)
            {
                LocalVariableHandle variable = metadata.AddLocalVariable(LocalVariableAttributes.None, index, metadata.GetOrAddString(name));
                if (first.IsNil)
                    first = variable;
            }
            metadata.AddLocalScope(MetadataTokens.MethodDefinitionHandle(row), MetadataTokens.ImportScopeHandle(1), first, default, 0, symbols.Length);
        }
        return metadata;
    }

    // Portable PDB format, "Sequence Points Blob".
    private static BlobBuilder Encode(List<(int Offset, int File, int Line)> points, bool isSingle, Func<int, DocumentHandle> document)
    {
        var blob = new BlobBuilder();
        blob.WriteCompressedInteger(0);
        if (!isSingle)
            blob.WriteCompressedInteger(MetadataTokens.GetRowNumber(document(points[0].File)));
        int file = points[0].File, offset = 0, line = -1;
        for (int i = 0; i < points.Count; i++)
        {
            (int Offset, int File, int Line) point = points[i];
            if (point.File != file)
            {
                blob.WriteCompressedInteger(0);
                blob.WriteCompressedInteger(MetadataTokens.GetRowNumber(document(point.File)));
                file = point.File;
            }
            blob.WriteCompressedInteger(i == 0 ? point.Offset : point.Offset - offset);
            offset = point.Offset;
            // The span: no further line, one column.
            blob.WriteCompressedInteger(0);
            blob.WriteCompressedInteger(1);
            if (line < 0)
            {
                blob.WriteCompressedInteger(point.Line);
                blob.WriteCompressedInteger(1);
            }
            else
            {
                blob.WriteCompressedSignedInteger(point.Line - line);
                blob.WriteCompressedSignedInteger(0);
            }
            line = point.Line;
        }
        return blob;
    }

    private static readonly Guid Haxe = new("6b1f9d3e-52a7-4e0b-9c3c-6a9d0f5e2b41");
}

/// <summary>The symbols of one method.</summary>
internal sealed class MethodSymbols(MethodBuilder method)
{
    // What the format can hold.
    private const int MaxLine = 0x1FFFFFFE;

    public MethodBuilder Method { get; } = method;

    public List<(int Offset, int File, int Line)> Points { get; } = [];

    public List<(int Index, string Name)> Locals { get; } = [];

    /// <summary>The length of the method's CIL.</summary>
    public int Length { get; set; }

    /// <summary>From this offset on, code comes from this line.</summary>
    public void Mark(int offset, int file, int line)
    {
        if (line is <= 0 or >= MaxLine || file < 0)
            return;
        if (Points.Count > 0 && Points[^1].Offset == offset)
            Points.RemoveAt(Points.Count - 1);
        if (Points.Count == 0 || Points[^1].File != file || Points[^1].Line != line)
            Points.Add((offset, file, line));
    }
}
