using System.Text;
using HlDynamic.Bytecode;

namespace HlDynamic.Tests.Bytecode;

/// <summary>Writes bytecode files by hand, valid or not: each method adds an item and returns its index.</summary>
internal sealed class ModuleBuilder
{
    private readonly List<int> ints = [];
    private readonly List<double> floats = [];
    private readonly List<byte[]> strings = [];
    private readonly List<byte[]> bytes = [];
    private readonly List<byte[]> types = [];
    private readonly List<int> globals = [];
    private readonly List<byte[]> natives = [];
    private readonly List<byte[]> functions = [];
    private readonly List<byte[]> constants = [];
    private readonly Dictionary<HlTypeKind, int> simpleTypes = [];

    public int Version { get; set; } = 5;

    public bool HasDebug { get; set; }

    public int EntryPoint { get; set; }

    public List<string> DebugFiles { get; } = ["Main.hx"];

    public int Int(int value) => Add(ints, value);

    public int Float(double value) => Add(floats, value);

    public int String(string value) => Add(strings, Encoding.UTF8.GetBytes(value));

    public int RawString(params byte[] value) => Add(strings, value);

    public int Bytes(params byte[] value) => Add(bytes, value);

    public int Global(int type) => Add(globals, type);

    /// <summary>A type that its kind says all about, one of each.</summary>
    public int Type(HlTypeKind kind)
    {
        if (!simpleTypes.TryGetValue(kind, out int index))
            simpleTypes.Add(kind, index = Add(types, [(byte)kind]));
        return index;
    }

    public int Fun(int result, params int[] parameters) =>
        Add(types, [(byte)HlTypeKind.Fun, (byte)parameters.Length, .. Indexes(parameters), .. Indexes(result)]);

    public int Method(int result, params int[] parameters) =>
        Add(types, [(byte)HlTypeKind.Method, (byte)parameters.Length, .. Indexes(parameters), .. Indexes(result)]);

    public int Obj(
        string name, int super = -1, int global = -1, (string Name, int Type)[]? fields = null,
        (string Name, int Function, int Slot)[]? prototypes = null, (int Field, int Function)[]? bindings = null,
        HlTypeKind kind = HlTypeKind.Obj)
    {
        fields ??= [];
        prototypes ??= [];
        bindings ??= [];
        return Add(types,
        [
            (byte)kind, .. Indexes(String(name), super, global + 1, fields.Length, prototypes.Length, bindings.Length),
            .. Fields(fields),
            .. prototypes.SelectMany(p => Indexes(String(p.Name), p.Function, p.Slot)),
            .. bindings.SelectMany(b => Indexes(b.Field, b.Function)),
        ]);
    }

    public int Virtual(params (string Name, int Type)[] fields) =>
        Add(types, [(byte)HlTypeKind.Virtual, .. Indexes(fields.Length), .. Fields(fields)]);

    public int Enum(string name, params (string Name, int[] Parameters)[] constructors) => Add(types,
    [
        (byte)HlTypeKind.Enum, .. Indexes(String(name), 0, constructors.Length),
        .. constructors.SelectMany(c => (byte[])[.. Indexes(String(c.Name), c.Parameters.Length), .. Indexes(c.Parameters)]),
    ]);

    public int Abstract(string name) => Add(types, [(byte)HlTypeKind.Abstract, .. Indexes(String(name))]);

    public int Wrapper(HlTypeKind kind, int inner) => Add(types, [(byte)kind, .. Indexes(inner)]);

    /// <summary>A type written byte by byte.</summary>
    public int RawType(params byte[] type) => Add(types, type);

    public void Native(int index, string library, string name, int type) =>
        natives.Add(Indexes(String(library), String(name), type, index));

    public void Constant(int global, params int[] fields) =>
        constants.Add([.. Indexes(global, fields.Length), .. Indexes(fields)]);

    /// <summary>A function; without debug bytes each instruction is one line further in the first file.</summary>
    public void Function(int index, int type, int[] registers, byte[][] code, byte[]? debug = null, params (string Name, int Position)[] variables)
    {
        byte[] function = [.. Indexes(type, index, registers.Length, code.Length), .. Indexes(registers), .. code.SelectMany(c => c)];
        if (HasDebug)
            function = [.. function, .. debug ?? Lines(code.Length)];
        if (HasDebug && Version >= 3)
            function = [.. function, .. Indexes(variables.Length), .. variables.SelectMany(Variable)];
        functions.Add(function);
    }

    /// <summary>An instruction: the operands as they follow in the file, counts included.</summary>
    public static byte[] Op(HlOpcode opcode, params int[] operands) => [(byte)opcode, .. Indexes(operands)];

    public byte[] Build()
    {
        var file = new List<byte>(Encoding.ASCII.GetBytes("HLB")) { (byte)Version };
        file.AddRange(Indexes(HasDebug ? 1 : 0, ints.Count, floats.Count, strings.Count));
        if (Version >= 5)
            file.AddRange(Indexes(bytes.Count));
        file.AddRange(Indexes(types.Count, globals.Count, natives.Count, functions.Count));
        if (Version >= 4)
            file.AddRange(Indexes(constants.Count));
        file.AddRange(Indexes(EntryPoint));
        file.AddRange(ints.SelectMany(BitConverter.GetBytes));
        file.AddRange(floats.SelectMany(BitConverter.GetBytes));
        file.AddRange(Strings(strings));
        if (Version >= 5)
            file.AddRange(Pool());
        if (HasDebug)
            file.AddRange([.. Indexes(DebugFiles.Count), .. Strings([.. DebugFiles.Select(Encoding.UTF8.GetBytes)])]);
        file.AddRange(types.SelectMany(t => t));
        file.AddRange(globals.SelectMany(g => Indexes(g)));
        file.AddRange(natives.SelectMany(n => n));
        file.AddRange(functions.SelectMany(f => f));
        if (Version >= 4)
            file.AddRange(constants.SelectMany(c => c));
        return [.. file];
    }

    public HlModule Read() => HlModule.Read(Build(), "test");

    /// <summary>Numbers in the variable-length encoding of the format.</summary>
    public static byte[] Indexes(params int[] values) => [.. values.SelectMany(Index)];

    private static byte[] Index(int value)
    {
        int sign = value < 0 ? 0x20 : 0;
        int size = Math.Abs(value);
        return (value, size) switch
        {
            ( >= 0 and < 0x80, _) => [(byte)value],
            (_, < 0x2000) => [(byte)(0x80 | sign | (size >> 8)), (byte)size],
            _ => [(byte)(0xc0 | sign | (size >> 24)), (byte)(size >> 16), (byte)(size >> 8), (byte)size],
        };
    }

    private byte[] Variable((string Name, int Position) variable) =>
        [.. Indexes(String(variable.Name), variable.Position + 1), .. Version >= 6 ? Indexes(2) : []];

    private IEnumerable<byte> Fields((string Name, int Type)[] fields) =>
        fields.SelectMany(f => Indexes(String(f.Name), f.Type)).ToArray();

    private static byte[] Lines(int count) => [1, 0, .. Enumerable.Repeat((byte)((1 << 3) | 4), count)];

    private static byte[] Strings(List<byte[]> pool) =>
    [
        .. BitConverter.GetBytes(pool.Sum(s => s.Length + 1)),
        .. pool.SelectMany(s => (byte[])[.. s, 0]),
        .. pool.SelectMany(s => Indexes(s.Length)),
    ];

    private byte[] Pool()
    {
        var starts = new List<int>();
        foreach (byte[] item in bytes)
            starts.Add(starts.Count == 0 ? 0 : starts[^1] + bytes[starts.Count - 1].Length);
        return [.. BitConverter.GetBytes(bytes.Sum(b => b.Length)), .. bytes.SelectMany(b => b), .. Indexes([.. starts])];
    }

    private static int Add<T>(List<T> list, T item)
    {
        list.Add(item);
        return list.Count - 1;
    }
}
