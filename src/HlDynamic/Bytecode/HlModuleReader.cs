using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HlDynamic.Bytecode;

/// <summary>
/// Reads the whole of a file: the header with all counts, the pools, the types, the globals, the natives, the functions
/// and the constants, in this order.
/// </summary>
internal sealed class HlModuleReader
{
    private const int OldestVersion = 2;
    private const int NewestVersion = 6;

    private readonly ByteReader reader;
    private readonly string name;
    private readonly int size;
    private HlTypeReader types = null!;
    private HlFunctionReader functionReader = null!;
    private int[] codeOffsets = [];
    private bool ownsBytes, isLarge;

    private HlModuleReader(ByteReader reader, string name, int size)
    {
        this.reader = reader;
        this.name = name;
        this.size = size;
    }

    /// <summary>Reads and validates a module.</summary>
    /// <param name="bytecode">The content.</param>
    /// <param name="name">Where it came from.</param>
    /// <param name="ownsBytes">Whether nobody else can change the content, so that parts of it may be read again later.</param>
    /// <param name="largeSize">From how many bytes on the module is <see cref="HlModule.IsLarge"/>.</param>
    public static HlModule Read(ReadOnlyMemory<byte> bytecode, string name, bool ownsBytes = false, int largeSize = HlModule.LargeSize)
    {
        if (!MemoryMarshal.TryGetArray(bytecode, out ArraySegment<byte> bytes))
            bytes = bytecode.ToArray();
        return new HlModuleReader(new ByteReader(bytes, name), name, bytes.Count) { ownsBytes = ownsBytes, isLarge = bytes.Count >= largeSize }.Read(null);
    }

    /// <summary>Reads a module that has been validated before; the bodies of functions are read when they are asked for.</summary>
    /// <param name="bytecode">The content, which nobody may change.</param>
    /// <param name="name">Where it came from.</param>
    /// <param name="offsets">Where the functions start, and the last one ends: <see cref="HlModule.FunctionOffsets"/> of then.</param>
    public static HlModule ReadKnown(byte[] bytecode, string name, int[] offsets) =>
        new HlModuleReader(new ByteReader(bytecode, name), name, bytecode.Length).Read(offsets);

    private HlModule Read(int[]? offsets)
    {
        int version = ReadVersion();
        bool hasDebug = (reader.ReadUnsigned("the flags") & 1) != 0;
        int ints = reader.ReadCount("ints", 4);
        int floats = reader.ReadCount("floats", 8);
        int stringCount = reader.ReadCount("strings", 2);
        int bytes = version >= 5 ? reader.ReadCount("byte constants", 1) : 0;
        int typeCount = reader.ReadCount("types", 1);
        int globalCount = reader.ReadCount("globals", 1);
        int nativeCount = reader.ReadCount("natives", 4);
        int functionCount = reader.ReadCount("functions", 4);
        int constantCount = version >= 4 ? reader.ReadCount("constants", 2) : 0;
        int entryPointOffset = reader.Offset;
        int entryPoint = reader.ReadUnsigned("the entry point");

        int[] intPool = ReadInts(ints);
        double[] floatPool = ReadFloats(floats);
        (string[] strings, ReadOnlyMemory<byte>[] stringBytes) = ReadStrings("strings", stringCount, keepBytes: version < 5);
        ReadOnlyMemory<byte>[] bytePool = version >= 5 ? ReadBytePool(bytes) : stringBytes;
        string[] debugFiles = hasDebug ? ReadDebugFiles() : [];
        types = new HlTypeReader(reader, strings, globalCount);
        HlTypeDef[] typeTable = types.Read(typeCount);
        HlTypeDef[] globals = ReadGlobals(globalCount);

        var names = FunctionNames.Collect(typeTable, nativeCount + functionCount);
        reader.DescribeFunction = names.Describe;
        var callables = new object[nativeCount + functionCount];
        HlNativeDef[] natives = ReadNatives(nativeCount, callables);
        functionReader = new HlFunctionReader(reader, types, debugFiles.Length, hasDebug, version);
        int[] starts = offsets ?? new int[functionCount + 1];
        HlFunctionDef[] functions = offsets is null ? ReadFunctions(functionCount, callables, names, starts) : ReadHeads(functionCount, callables, names, offsets);
        // The functions know their names now, and need no table of them.
        reader.DescribeFunction = index => callables.ElementAtOrDefault(index) is HlFunctionDef { Owner: not null } function ? $"function {index} ({function})" : $"function {index}";
        HlConstantDef[] constants = ReadConstants(constantCount, globalCount);
        reader.Enter("header");
        if (entryPoint >= callables.Length || callables[entryPoint] is not HlFunctionDef)
            throw reader.Invalid(entryPointOffset, $"the entry point is {entryPoint}, which is not a function");
        ((HlFunctionDef)callables[entryPoint]).IsEntryPoint = true;

        var module = new HlModule(intPool, floatPool, bytePool, callables)
        {
            Name = name,
            Version = version,
            HasDebug = hasDebug,
            Strings = ImmutableCollectionsMarshal.AsImmutableArray(strings),
            DebugFiles = ImmutableCollectionsMarshal.AsImmutableArray(debugFiles),
            Types = ImmutableCollectionsMarshal.AsImmutableArray(typeTable),
            Globals = ImmutableCollectionsMarshal.AsImmutableArray(globals),
            Natives = ImmutableCollectionsMarshal.AsImmutableArray(natives),
            Functions = ImmutableCollectionsMarshal.AsImmutableArray(functions),
            Constants = ImmutableCollectionsMarshal.AsImmutableArray(constants),
            EntryPoint = entryPoint,
            Size = size,
            IsLarge = isLarge,
            FunctionOffsets = starts,
        };
        // Types also get their tables of virtual methods there.
        if (offsets is null)
            new HlValidator(module, this, new FunctionRelations(callables)).Validate();
        else
            new HlTypeValidator(module, this).Validate();
        return module;
    }

    /// <summary>An error in an instruction, found after reading: its offset is found by reading the function again.</summary>
    public HlBytecodeException InvalidInstruction(HlFunctionDef function, int position, int instruction, string reason)
    {
        reader.Offset = codeOffsets[position];
        functionReader.SkipInstructions(instruction);
        reader.Enter("function", function.Index);
        reader.EnterInstruction(instruction, function.Instructions[instruction].Opcode.ToString().ToLowerInvariant());
        return reader.Invalid(reader.Offset, reason);
    }

    /// <summary>An error in a function's registers or as a whole.</summary>
    public HlBytecodeException InvalidFunction(HlFunctionDef function, int position, string reason)
    {
        reader.Enter("function", function.Index);
        return reader.Invalid(codeOffsets[position], reason);
    }

    /// <summary>An error in a type.</summary>
    public HlBytecodeException InvalidType(HlTypeDef type, string reason) => types.Invalid(type, reason);

    /// <summary>An error in an item that has no offset of its own any more.</summary>
    public HlBytecodeException InvalidItem(string item, int index, string reason)
    {
        reader.Enter(item, index);
        return reader.Invalid(-1, reason);
    }

    private int ReadVersion()
    {
        if (size < 3 || reader.ReadByte() != 'H' || reader.ReadByte() != 'L' || reader.ReadByte() != 'B')
            throw reader.Invalid(0, "this is not HashLink bytecode, which starts with HLB");
        int version = reader.ReadByte();
        return version is >= OldestVersion and <= NewestVersion
            ? version
            : throw reader.Invalid(3, $"version {version} is not supported, only {OldestVersion} to {NewestVersion} are");
    }

    private int[] ReadInts(int count)
    {
        reader.Enter("ints");
        reader.CheckCount(reader.Offset, count, "ints", 4);
        var pool = new int[count];
        for (int i = 0; i < count; i++)
            pool[i] = reader.ReadInt32();
        return pool;
    }

    private double[] ReadFloats(int count)
    {
        reader.Enter("floats");
        reader.CheckCount(reader.Offset, count, "floats", 8);
        var pool = new double[count];
        for (int i = 0; i < count; i++)
            pool[i] = reader.ReadDouble();
        return pool;
    }

    // All strings lie in one block, each with a zero after it; their lengths follow the block.
    private (string[] Strings, ReadOnlyMemory<byte>[] Bytes) ReadStrings(string what, int count, bool keepBytes = false)
    {
        reader.Enter(what);
        byte[] block = ReadBlock(what);
        reader.CheckCount(reader.Offset, count, what, 1);
        var pool = new string[count];
        var bytes = new ReadOnlyMemory<byte>[keepBytes ? count : 0];
        int start = 0;
        for (int i = 0; i < count; i++)
        {
            int at = reader.Offset;
            int length = reader.ReadUnsigned("a length");
            if (length >= block.Length - start)
                throw reader.Invalid(at, $"number {i} is longer than the block it lies in");
            if (block[start + length] != 0)
                throw reader.Invalid(at, $"number {i} does not end with a zero");
            pool[i] = Utf8Decoder.Decode(block.AsSpan(start, length));
            if (keepBytes)
                bytes[i] = block.AsMemory(start, length + 1);
            start += length + 1;
        }

        return (pool, bytes);
    }

    private byte[] ReadBlock(string what)
    {
        int at = reader.Offset;
        int length = reader.ReadInt32();
        return length >= 0 && length <= reader.Remaining
            ? reader.ReadBytes(length)
            : throw reader.Invalid(at, $"a block of {length} bytes does not fit into the {reader.Remaining} bytes that are left");
    }

    // Only where entries start is known: one ends where the next starts, or at the end of the block.
    private ReadOnlyMemory<byte>[] ReadBytePool(int count)
    {
        reader.Enter("byte constants");
        byte[] block = ReadBlock("byte constants");
        reader.CheckCount(reader.Offset, count, "byte constants", 1);
        var starts = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = reader.Offset;
            starts[i] = reader.ReadUnsigned("a position");
            if (starts[i] > block.Length)
                throw reader.Invalid(at, $"number {i} starts at {starts[i]} of {block.Length}");
        }

        var pool = new ReadOnlyMemory<byte>[count];
        for (int i = 0; i < count; i++)
        {
            bool isFollowed = i + 1 < count && starts[i + 1] >= starts[i];
            pool[i] = block.AsMemory(starts[i]..(isFollowed ? starts[i + 1] : block.Length));
        }

        return pool;
    }

    private string[] ReadDebugFiles()
    {
        reader.Enter("debug files");
        return ReadStrings("debug files", reader.ReadCount("debug files", 2)).Strings;
    }

    private HlTypeDef[] ReadGlobals(int count)
    {
        reader.Enter("globals");
        reader.CheckCount(reader.Offset, count, "globals", 1);
        var globals = new HlTypeDef[count];
        for (int i = 0; i < count; i++)
        {
            reader.Enter("global", i);
            globals[i] = types.ReadReference("its type");
        }

        return globals;
    }

    private HlNativeDef[] ReadNatives(int count, object[] callables)
    {
        reader.Enter("natives");
        reader.CheckCount(reader.Offset, count, "natives", 4);
        var natives = new HlNativeDef[count];
        for (int i = 0; i < count; i++)
        {
            reader.Enter("native", i);
            string library = types.ReadString("the library");
            string function = types.ReadString("the name");
            HlFunctionTypeDef type = types.ReadSignature("the signature");
            int at = reader.Offset;
            int index = reader.ReadUnsigned("the number");
            bool isOptional = library.StartsWith('?');
            natives[i] = new HlNativeDef(index, isOptional ? library[1..] : library, function, type, isOptional);
            Register(callables, index, natives[i], at);
        }

        return natives;
    }

    private HlFunctionDef[] ReadFunctions(int count, object[] callables, FunctionNames names, int[] starts)
    {
        reader.Enter("functions");
        reader.CheckCount(reader.Offset, count, "functions", 4);
        HlFunctionSource? source = ownsBytes ? new HlFunctionSource(reader, functionReader, callables) : null;
        var functions = new HlFunctionDef[count];
        codeOffsets = new int[count];
        var garbage = new GarbageLimit();
        for (int i = 0; i < count; i++)
        {
            garbage.Check();
            reader.Enter("function at position", i);
            int at = starts[i] = reader.Offset;
            functions[i] = functionReader.Read(source, keeps: source is null || !isLarge);
            codeOffsets[i] = functionReader.LastCodeOffset;
            Register(callables, functions[i].Index, functions[i], at);
            names.Apply(functions[i]);
        }

        starts[count] = reader.Offset;
        return functions;
    }

    private HlFunctionDef[] ReadHeads(int count, object[] callables, FunctionNames names, int[] offsets)
    {
        var functions = new HlFunctionDef[count];
        var source = new HlFunctionSource(reader, functionReader, callables);
        for (int i = 0; i < count; i++)
        {
            reader.Offset = offsets[i];
            (HlFunctionTypeDef type, int index) = functionReader.ReadHead();
            functions[i] = new HlFunctionDef(index, type, source, reader.Offset);
            Register(callables, index, functions[i], offsets[i]);
            names.Apply(functions[i]);
        }

        source.SetFunctions(functions);
        reader.Offset = offsets[count];
        return functions;
    }

    // As many numbers as functions and natives, each in range and used once: then none is missing.
    private void Register(object[] callables, int index, object callable, int at)
    {
        if (index >= callables.Length)
            throw reader.Invalid(at, $"its number is {index}, but there are {callables.Length} functions and natives");
        if (callables[index] is not null)
            throw reader.Invalid(at, $"the number {index} is used twice");
        callables[index] = callable;
    }

    private HlConstantDef[] ReadConstants(int count, int globalCount)
    {
        reader.Enter("constants");
        reader.CheckCount(reader.Offset, count, "constants", 2);
        var constants = new HlConstantDef[count];
        for (int i = 0; i < count; i++)
        {
            reader.Enter("constant", i);
            int at = reader.Offset;
            int global = reader.ReadUnsigned("the global");
            if (global >= globalCount)
                throw reader.Invalid(at, $"the global is {global} of {globalCount}");
            var fields = new int[reader.ReadCount("fields", 1)];
            for (int j = 0; j < fields.Length; j++)
                fields[j] = reader.ReadUnsigned("a field");
            constants[i] = new HlConstantDef(global, ImmutableCollectionsMarshal.AsImmutableArray(fields));
        }

        return constants;
    }
}
