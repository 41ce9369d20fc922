namespace HlDynamic.Compilation.Emit;

/// <summary>Wraps code and metadata into a PE image with one section, which is what the CLR loads from memory (ECMA-335 II.25).</summary>
internal static class ImageWriter
{
    private const int SectionAddress = 0x2000, FileOffset = 0x200, HeaderSize = 72;

    /// <summary>Where method bodies start, as the address they have when loaded.</summary>
    public const int CodeOffset = SectionAddress + HeaderSize;

    /// <summary>Writes an image.</summary>
    /// <param name="name">The assembly's name.</param>
    /// <param name="code">The method bodies.</param>
    /// <param name="metadata">The metadata, in pieces.</param>
    /// <param name="symbols">What identifies the symbols: 20 bytes; null if there are none.</param>
    public static byte[] Write(string name, ByteWriter code, List<ByteWriter> metadata, byte[]? symbols)
    {
        code.Align(8);
        int metadataLength = 0;
        foreach (ByteWriter piece in metadata)
            metadataLength += piece.Length;
        int metadataAddress = CodeOffset + code.Length;
        int debugAddress = metadataAddress + metadataLength;
        var debug = new ByteWriter(256);
        if (symbols is not null)
            WriteDebugDirectory(name, symbols, debug, debugAddress);
        int sectionSize = HeaderSize + code.Length + metadataLength + debug.Length;
        int rawSize = (sectionSize + 0x1FF) & ~0x1FF;
        var image = new ByteWriter(FileOffset + rawSize);
        WriteHeaders(image, sectionSize, rawSize, symbols is null ? 0 : debugAddress);
        image.Zeros(FileOffset - image.Length);

        // The CLI header.
        image.Int32(HeaderSize);
        image.UInt16(2);
        image.UInt16(5);
        image.Int32(metadataAddress);
        image.Int32(metadataLength);
        image.Int32(1);
        image.Zeros(HeaderSize - 20);
        image.Raw(code.Bytes);
        foreach (ByteWriter piece in metadata)
            image.Raw(piece.Bytes);
        image.Raw(debug.Bytes);
        image.Zeros(FileOffset + rawSize - image.Length);
        return image.ToArray();
    }

    private static void WriteHeaders(ByteWriter image, int sectionSize, int rawSize, int debugAddress)
    {
        image.UInt16(0x5A4D);
        image.Zeros(58);
        image.Int32(0x80);
        image.Zeros(0x80 - image.Length);
        image.Int32(0x00004550);
        image.UInt16(0x14C);
        image.UInt16(1);
        image.Int32(0);
        image.Int32(0);
        image.Int32(0);
        image.UInt16(0xE0);
        image.UInt16(0x2102);

        image.UInt16(0x10B);
        image.UInt16(0x30);
        image.Int32(rawSize);
        image.Int32(0);
        image.Int32(0);
        image.Int32(0);
        image.Int32(SectionAddress);
        image.Int32(0);
        image.Int32(0x10000000);
        image.Int32(0x2000);
        image.Int32(FileOffset);
        image.UInt16(4);
        image.UInt16(0);
        image.Int32(0);
        image.UInt16(4);
        image.UInt16(0);
        image.Int32(0);
        image.Int32(SectionAddress + ((sectionSize + 0x1FFF) & ~0x1FFF));
        image.Int32(FileOffset);
        image.Int32(0);
        image.UInt16(3);
        image.UInt16(0x8540);
        image.Int32(0x100000);
        image.Int32(0x1000);
        image.Int32(0x100000);
        image.Int32(0x1000);
        image.Int32(0);
        image.Int32(16);
        for (int directory = 0; directory < 16; directory++)
        {
            image.Int32(directory == 14 ? SectionAddress : directory == 6 ? debugAddress : 0);
            image.Int32(directory == 14 ? HeaderSize : directory == 6 && debugAddress != 0 ? 28 : 0);
        }
        image.Utf8(".text\0\0\0");
        image.Int32(sectionSize);
        image.Int32(SectionAddress);
        image.Int32(rawSize);
        image.Int32(FileOffset);
        image.Zeros(12);
        image.Int32(0x60000020);
    }

    // One entry, of kind CodeView, that names the symbols.
    private static void WriteDebugDirectory(string name, byte[] symbols, ByteWriter debug, int address)
    {
        string file = name + ".pdb";
        int size = 24 + System.Text.Encoding.UTF8.GetByteCount(file) + 1;
        debug.Int32(0);
        debug.Raw(symbols.AsSpan(16, 4));
        debug.UInt16(0x0100);
        debug.UInt16(0x504D);
        debug.Int32(2);
        debug.Int32(size);
        debug.Int32(address + 28);
        debug.Int32(address + 28 - SectionAddress + FileOffset);
        debug.Int32(0x53445352);
        debug.Raw(symbols.AsSpan(0, 16));
        debug.Int32(1);
        debug.Utf8(file);
        debug.Byte(0);
    }
}
