using System.Runtime.CompilerServices;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using HlDynamic.Bytecode;

namespace HlDynamic.Runtime;

/// <summary>
/// What the code of one VM shares: its modules, basic types, names of fields, arguments, streams. Natives that need
/// it take it as their first parameter. It is safe to use from any thread.
/// </summary>
internal sealed class HlContext
{
    private static readonly int KindCount = (int)HlTypeKind.Guid + 1;
    private readonly HlType?[] basics = new HlType?[KindCount];
    private readonly ConcurrentDictionary<string, FieldName> fieldNames = new(StringComparer.Ordinal);
    private readonly FieldNames names = new();
    private ConcurrentDictionary<Type, HlType>? delegateTypes;

    public HlContext()
    {
        for (HlTypeKind kind = 0; (int)kind < KindCount; kind++)
            if (IsBasic(kind))
                basics[(int)kind] = new HlType(this, kind);
    }

    /// <summary>The modules, the program first.</summary>
    public List<HlModuleInstance> Modules { get; } = [];

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The program's file.</summary>
    public string ProgramPath { get; init; } = "";

    /// <summary>Where the program prints.</summary>
    public Stream Output { get; init; } = Stream.Null;

    /// <summary>Where the program reports.</summary>
    public Stream Error { get; init; } = Stream.Null;

    /// <summary>Where the program reads; set to null, the process's own input, opened when it is needed.</summary>
    [AllowNull]
    public Stream Input
    {
        get => input ?? LazyInitializer.EnsureInitialized(ref input, Console.OpenStandardInput);
        init => input = value;
    }

    private Stream? input = Stream.Null;

    /// <summary>What to tell that a thread of the program asks it to end, with the exit code.</summary>
    public Action<int>? Exiting { get; init; }

    /// <summary>The exception that was caught last on this thread, for its stack.</summary>
    public ThreadLocal<HlCaughtException?> LastCaught => LazyInitializer.EnsureInitialized(ref lastCaught);

    private ThreadLocal<HlCaughtException?>? lastCaught;

    /// <summary>Forgets the exceptions that were caught last: threads would keep them, and by their stacks the code of the VM.</summary>
    public void ForgetCaught()
    {
        Interlocked.Exchange(ref lastCaught, null)?.Dispose();
    }

    /// <summary>Keys of methods on call stacks that no function was compiled to, and that stay for ever.</summary>
    public ConcurrentDictionary<nint, bool> ForeignMethods => LazyInitializer.EnsureInitialized(ref foreignMethods);

    private ConcurrentDictionary<nint, bool>? foreignMethods;

    /// <summary>Which opcodes have run, where the module is compiled to count them.</summary>
    public bool[] Coverage = new bool[HlOpcodes.Count];

    /// <summary>State that a group of natives keeps for this VM, made when first asked for.</summary>
    public T State<T>() where T : class, new()
    {
        foreach (object state in Volatile.Read(ref states))
            if (state.GetType() == typeof(T))
                return (T)state;
        return AddState<T>();
    }

    private T AddState<T>() where T : class, new()
    {
        lock (names)
        {
            foreach (object state in states)
                if (state is T known)
                    return known;
            var added = new T();
            var all = new object[states.Length + 1];
            states.CopyTo(all, 1);
            all[0] = added;
            Volatile.Write(ref states, all);
            return added;
        }
    }

    // There are few, and each is asked for often.
    private object[] states = [];

    /// <summary>What the dynamic bridge knows of members that are used by name. It is asked for at every such use, so it has a place of its own.</summary>
    public object? MemberCache { get; set; }

    /// <summary>How functions of a delegate type are called, if that was asked for lately.</summary>
    public HlInvoker? FindInvoker(Type delegateType) =>
        invokers[Slot(delegateType)] is { } found && found.TargetType == delegateType ? found : null;

    /// <summary>Remembers how functions of a delegate type are called.</summary>
    public void KeepInvoker(HlInvoker invoker) => invokers[Slot(invoker.TargetType)] = invoker;

    private static int Slot(Type type) => (int)(type.TypeHandle.Value >> 5) & 63;

    private readonly HlInvoker?[] invokers = new HlInvoker?[64];

    /// <summary>The type of a kind that has no more to it than its kind.</summary>
    public HlType Basic(HlTypeKind kind) => basics[(int)kind]!;

    public HlType? TryGetBasic(HlTypeKind kind) => basics[(int)kind];

    private static bool IsBasic(HlTypeKind kind) => kind is not (HlTypeKind.Fun or HlTypeKind.Method or HlTypeKind.Obj
        or HlTypeKind.Struct or HlTypeKind.Virtual or HlTypeKind.Enum or HlTypeKind.Abstract or HlTypeKind.Ref
        or HlTypeKind.Null or HlTypeKind.Packed);

    /// <summary>
    /// The number a field's name has (HashLink std/obj.c: <c>hl_hash_gen</c>). Names that would have the same number
    /// get neighbouring ones, in the order in which they are met.
    /// </summary>
    public int Hash(string name)
    {
        if (fieldNames.TryGetValue(name, out FieldName? known))
            return known.Hash;
        lock (names)
        {
            if (fieldNames.TryGetValue(name, out known))
                return known.Hash;
            int hash = Compute(name);
            while (names.Find(hash) is not null)
                hash++;
            known = new FieldName(name, hash);
            names.Add(known);
            fieldNames[name] = known;
            return hash;
        }
    }

    /// <summary>The number of a name in UTF-16.</summary>
    public int Hash(HlBytes name)
    {
        byte[]? buffer = name.Buffer;
        // A block that ends with the name's zero, as those of most strings do, need not be looked through for it.
        if (buffer is null || name.Offset != 0 || buffer.Length < 4 || (buffer.Length & 1) != 0 || name.Get<ushort>(buffer.Length - 2) != 0)
            return HashOf(name.Chars(), out _);
        ReadOnlySpan<char> text = HlBytes.AsChars(buffer.AsSpan(0, buffer.Length - 2));
        ref FieldName? slot = ref recent[HlText.RoughHash(text) & (recent.Length - 1)];
        if (slot is { } last && text.SequenceEqual(last.Text))
            return last.Hash;
        int hash = HashOf(name.Chars(), out FieldName? known);
        slot = known;
        return hash;
    }

    private static int Compute(ReadOnlySpan<char> name)
    {
        uint h = 0;
        foreach (char c in name)
            h = unchecked(223 * h + c);
        // C computes this modulo on a signed number.
        return (int)h % 0x1FFFFF7B;
    }

    /// <summary>How much room a dynamic object starts with whose first field has this number.</summary>
    public int ExpectedFields(int hash) => Math.Max((int)expectedFields[hash & (expectedFields.Length - 1)], LeastFields);

    /// <summary>Remembers that an object of this first field needed more.</summary>
    public void ExpectFields(int hash, int count) => expectedFields[hash & (expectedFields.Length - 1)] = (byte)Math.Min(count, MostFields);

    private const int LeastFields = 4, MostFields = 9;

    private readonly byte[] expectedFields = new byte[64];

    private readonly FieldName?[] recent = new FieldName?[256];

    private int HashOf(ReadOnlySpan<char> name, out FieldName? known)
    {
        // The usual case needs no string: the name is known and has the number it computes to.
        int hash = Compute(name);
        known = names.Find(hash);
        if (known is null || !name.SequenceEqual(known.Text))
            known = names.Find(hash = Hash(new string(name)));
        return hash;
    }

    /// <summary>The name with this number, or null if none was ever met.</summary>
    public string? FindName(int hash) => names.Find(hash)?.Text;

    /// <summary>The same as bytes, which are shared; a number nobody gave a name is <c>???</c>, as in HashLink.</summary>
    public HlBytes NameBytes(int hash) => names.Find(hash)?.Bytes ?? HlBytes.FromString("???");

    /// <summary>The same as a string, which is shared, too.</summary>
    public HlString NameString(int hash, HlTexts texts) => names.Find(hash)?.String(texts) ?? texts.Create("???");

    /// <summary>The class of this name in any module, or null.</summary>
    public HlType? FindClass(string name)
    {
        if (Classes.TryGetValue(name, out HlType? known))
            return known;
        foreach (HlModuleInstance module in Modules)
            foreach (HlType type in module.Types)
                if (type.Kind is HlTypeKind.Obj or HlTypeKind.Struct && type.Name == name)
                    return Classes[name] = type;
        return null;
    }

    private ConcurrentDictionary<string, HlType> Classes => LazyInitializer.EnsureInitialized(ref classes);

    private ConcurrentDictionary<string, HlType>? classes;

    /// <summary>A Haxe string; its bytes for a module without strings.</summary>
    public object NewText(string text)
    {
        textClass ??= FindClass("String") is { } found && typeof(HlString).IsAssignableFrom(found.ClrType) ? found : null;
        return textClass is null ? HlBytes.FromString(text) : HlString.From(textClass, text);
    }

    private HlType? textClass;

    /// <summary>The type of a value: what <c>hl.Type.getDynamic</c> answers. Null is void.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public HlType TypeOf(object? value) =>
        value is int ? Basic(HlTypeKind.I32) : value is double ? Basic(HlTypeKind.F64) : value is HlObject obj ? obj.Type : TypeOfOther(value);

    /// <summary>The kind of a value's type, for which the usual ones need no type.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public HlTypeKind KindOf(object? value)
    {
        if (value is null)
            return HlTypeKind.Void;
        return value.GetType() == typeof(int) ? HlTypeKind.I32
            : value.GetType() == typeof(double) ? HlTypeKind.F64
            : value.GetType() == typeof(bool) ? HlTypeKind.Bool
            : value.GetType() == typeof(HlDynObj) ? HlTypeKind.DynObj
            : KindOfOther(value);
    }

    // Apart, so that what is above saves no registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private HlTypeKind KindOfOther(object value) => value is HlString ? HlTypeKind.Obj : TypeOf(value).Kind;

    private HlType TypeOfOther(object? value) => value switch
    {
        null => Basic(HlTypeKind.Void),
        bool => Basic(HlTypeKind.Bool),
        HlBytes => Basic(HlTypeKind.Bytes),
        HlArray => Basic(HlTypeKind.Array),
        Delegate function => TypeOfDelegate(function.GetType()),
        HlType => Basic(HlTypeKind.Type),
        byte => Basic(HlTypeKind.UI8),
        ushort => Basic(HlTypeKind.UI16),
        long => Basic(HlTypeKind.I64),
        float => Basic(HlTypeKind.F32),
        _ => Foreign,
    };

    /// <summary>The type of a host object that Haxe code holds.</summary>
    public HlType Foreign => foreign ??= HlType.CreateAbstract(this, "host");

    private HlType? foreign;

    // Several function types have the same delegate type, so a value cannot tell which one it was made as.
    private HlType TypeOfDelegate(Type type) => LazyInitializer.EnsureInitialized(ref delegateTypes).GetOrAdd(type, static (type, context) =>
    {
        if (type == typeof(HlVarArgs))
            return HlType.CreateFunction(context, type, [], context.Basic(HlTypeKind.Void));
        var invoke = type.GetMethod("Invoke")!;
        return HlType.CreateFunction(context, type,
            [.. invoke.GetParameters().Select(p => context.TypeOfClr(p.ParameterType))], context.TypeOfClr(invoke.ReturnType));
    }, this);

    /// <summary>The type whose values a CLR type holds.</summary>
    public HlType TypeOfClr(Type type) =>
        HlTypes.KindOf(type) is { } kind ? Basic(kind)
        : typeof(Delegate).IsAssignableFrom(type) && !type.IsAbstract ? TypeOfDelegate(type)
        : type.IsByRef ? HlType.CreateReference(this, TypeOfClr(type.GetElementType()!))
        : HlTypes.Of(type) ?? Basic(HlTypeKind.Dyn);
}

/// <summary>An exception and the value that Haxe code caught.</summary>
internal sealed class HlCaughtException(Exception exception, object? value)
{
    public Exception Exception { get; } = exception;

    public object? Value { get; } = value;

    /// <summary>What ran when it was caught, where that was kept; else it is asked for while the function that caught it runs.</summary>
    public RawStack? Running;

    /// <summary>Its Haxe frames, once something asked for them: Haxe's library asks several times.</summary>
    public HlFrame[]? Stack;
}
