using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HlDynamic.Bytecode;

/// <summary>Reads the types of a module. They refer to each other in any order, so all are made first and filled then.</summary>
internal sealed class HlTypeReader(ByteReader reader, string[] strings, int globalCount)
{
    /// <summary>The deepest chain of supers and of wrappers (<c>ref</c>, <c>null</c>, <c>packed</c>) that is read.</summary>
    public const int MaximumDepth = 256;

    /// <summary>The deepest nesting of function types in each other that is read.</summary>
    public const int MaximumFunctionDepth = 64;

    /// <summary>The most types that a function type mentions, those that its function types mention included.</summary>
    public const int MaximumFunctionSize = 1024;

    private HlTypeDef[] types = [];
    private int[] offsets = [];

    /// <summary>Reads the table of types.</summary>
    public HlTypeDef[] Read(int count)
    {
        reader.Enter("types");
        reader.CheckCount(reader.Offset, count, "types", 1);
        types = new HlTypeDef[count];
        offsets = new int[count];
        for (int i = 0; i < count; i++)
        {
            reader.Enter("type", i);
            offsets[i] = reader.Offset;
            types[i] = Create(i);
        }

        int end = reader.Offset;
        for (int i = 0; i < count; i++)
        {
            reader.Enter("type", i);
            reader.Offset = offsets[i] + 1;
            Fill(types[i]);
        }

        reader.Offset = end;
        LayOutFields();
        CheckWrappers();
        CheckFunctions();
        return types;
    }

    /// <summary>The type that the next number names.</summary>
    public HlTypeDef ReadReference(string what)
    {
        int at = reader.Offset;
        int index = reader.ReadIndex();
        return (uint)index < (uint)types.Length
            ? types[index]
            : throw reader.Invalid(at, $"{what} is type {index} of {types.Length}");
    }

    /// <summary>The function type that the next number names.</summary>
    public HlFunctionTypeDef ReadSignature(string what)
    {
        int at = reader.Offset;
        HlTypeDef type = ReadReference(what);
        return type as HlFunctionTypeDef ?? throw reader.Invalid(at, $"{what} is {type}, not a function type");
    }

    /// <summary>The string that the next number names.</summary>
    public string ReadString(string what)
    {
        int at = reader.Offset;
        int index = reader.ReadIndex();
        return (uint)index < (uint)strings.Length
            ? strings[index]
            : throw reader.Invalid(at, $"{what} is string {index} of {strings.Length}");
    }

    private HlTypeDef Create(int index)
    {
        int at = reader.Offset;
        var kind = (HlTypeKind)reader.ReadByte();
        switch (kind)
        {
            case HlTypeKind.Fun or HlTypeKind.Method:
                Skip(reader.ReadByte() + 1);
                return new HlFunctionTypeDef(index, kind);
            case HlTypeKind.Obj or HlTypeKind.Struct:
                Skip(3);
                int fields = reader.ReadCount("fields", 2);
                int prototypes = reader.ReadCount("methods", 3);
                int bindings = reader.ReadCount("bindings", 2);
                Skip(2L * fields + 3L * prototypes + 2L * bindings);
                return new HlObjectTypeDef(index, kind);
            case HlTypeKind.Virtual:
                Skip(2L * reader.ReadCount("fields", 2));
                return new HlVirtualTypeDef(index);
            case HlTypeKind.Abstract:
                return new HlAbstractTypeDef(index, ReadString("the name"));
            case HlTypeKind.Enum:
                Skip(2);
                for (int i = reader.ReadCount("constructors", 2); i > 0; i--)
                {
                    Skip(1);
                    Skip(reader.ReadCount("parameters", 1));
                }

                return new HlEnumTypeDef(index);
            case HlTypeKind.Ref or HlTypeKind.Null or HlTypeKind.Packed:
                Skip(1);
                return new HlWrapperTypeDef(index, kind);
            case <= HlTypeKind.Guid:
                return new HlTypeDef(index, kind);
            default:
                throw reader.Invalid(at, $"there is no kind of type {(int)kind}");
        }
    }

    private void Skip(long numbers)
    {
        for (; numbers > 0; numbers--)
            reader.ReadIndex();
    }

    private void Fill(HlTypeDef type)
    {
        switch (type)
        {
            case HlFunctionTypeDef function:
                function.Parameters = ReadTypes(reader.ReadByte(), "a parameter");
                function.Return = ReadReference("the result");
                break;
            case HlObjectTypeDef obj:
                FillObject(obj);
                break;
            case HlVirtualTypeDef structure:
                structure.Fields = ReadFields(reader.ReadUnsigned("the number of fields"));
                break;
            case HlEnumTypeDef e:
                FillEnum(e);
                break;
            case HlWrapperTypeDef wrapper:
                wrapper.Inner = ReadReference("the inner type");
                break;
        }
    }

    private void FillObject(HlObjectTypeDef type)
    {
        type.Name = ReadString("the name");
        type.Super = ReadSuper(type);
        type.GlobalIndex = ReadGlobal();
        int fields = reader.ReadUnsigned("the number of fields");
        var prototypes = new HlPrototypeDef[reader.ReadUnsigned("the number of methods")];
        var bindings = new HlBindingDef[reader.ReadUnsigned("the number of bindings")];
        type.Fields = ReadFields(fields);
        for (int i = 0; i < prototypes.Length; i++)
            prototypes[i] = new HlPrototypeDef(ReadString("a method's name"), reader.ReadUnsigned("a method's function"), reader.ReadIndex());
        for (int i = 0; i < bindings.Length; i++)
            bindings[i] = new HlBindingDef(reader.ReadUnsigned("a binding's field"), reader.ReadUnsigned("a binding's function"));
        type.Prototypes = ImmutableCollectionsMarshal.AsImmutableArray(prototypes);
        type.Bindings = ImmutableCollectionsMarshal.AsImmutableArray(bindings);
    }

    private HlObjectTypeDef? ReadSuper(HlObjectTypeDef type)
    {
        int at = reader.Offset;
        int index = reader.ReadIndex();
        if (index < 0)
            return null;
        if (index >= types.Length)
            throw reader.Invalid(at, $"the super of {type.Name} is type {index} of {types.Length}");
        return types[index] is HlObjectTypeDef super && super.Kind == type.Kind
            ? super
            : throw reader.Invalid(at, $"the super of {type.Name} is type {index}, which is of kind {types[index].Kind}, not {type.Kind}");
    }

    // The file counts globals from 1 here, since 0 says that there is none.
    private int ReadGlobal()
    {
        int at = reader.Offset;
        int global = reader.ReadUnsigned("the global");
        return global <= globalCount ? global - 1 : throw reader.Invalid(at, $"the global is {global - 1} of {globalCount}");
    }

    private void FillEnum(HlEnumTypeDef type)
    {
        type.Name = ReadString("the name");
        type.GlobalIndex = ReadGlobal();
        var constructors = new HlEnumConstructorDef[reader.ReadUnsigned("the number of constructors")];
        for (int i = 0; i < constructors.Length; i++)
        {
            string name = ReadString("a constructor's name");
            constructors[i] = new HlEnumConstructorDef(name, ReadTypes(reader.ReadUnsigned("the number of parameters"), "a parameter"));
        }

        type.Constructors = ImmutableCollectionsMarshal.AsImmutableArray(constructors);
    }

    private ImmutableArray<HlFieldDef> ReadFields(int count)
    {
        var fields = new HlFieldDef[count];
        for (int i = 0; i < count; i++)
            fields[i] = new HlFieldDef(ReadString("a field's name"), ReadReference("a field's type"));
        return ImmutableCollectionsMarshal.AsImmutableArray(fields);
    }

    private ImmutableArray<HlTypeDef> ReadTypes(int count, string what)
    {
        if (count == 0)
            return [];
        var list = new HlTypeDef[count];
        for (int i = 0; i < count; i++)
            list[i] = ReadReference(what);
        return ImmutableCollectionsMarshal.AsImmutableArray(list);
    }

    private void LayOutFields()
    {
        var depths = new int[types.Length];
        var chain = new Stack<HlObjectTypeDef>();
        foreach (HlTypeDef type in types)
        {
            for (var c = type as HlObjectTypeDef; c is not null && depths[c.Index] == 0; c = c.Super)
            {
                if (chain.Count == MaximumDepth)
                    throw Invalid(type, "its chain of supers is cyclic or too deep");
                chain.Push(c);
            }

            while (chain.TryPop(out HlObjectTypeDef? next))
            {
                depths[next.Index] = next.Super is null ? 1 : depths[next.Super.Index] + 1;
                next.FirstFieldIndex = next.Super?.FieldCount ?? 0;
                if (depths[next.Index] > MaximumDepth)
                    throw Invalid(next, "its chain of supers is too deep");
            }
        }
    }

    private void CheckWrappers()
    {
        foreach (HlTypeDef type in types)
        {
            int depth = 0;
            for (HlTypeDef inner = type; inner is HlWrapperTypeDef wrapper; inner = wrapper.Inner)
            {
                if (++depth > MaximumDepth)
                    throw Invalid(type, "it wraps itself or is nested too deep");
            }
        }
    }

    // Function types are compared by their structure, so that must not be endless, nor as good as endless.
    private void CheckFunctions()
    {
        var sizes = new int[types.Length];
        foreach (HlTypeDef type in types)
        {
            if (type is HlFunctionTypeDef function)
                Measure(function, sizes, 0);
        }
    }

    private int Measure(HlTypeDef type, int[] sizes, int depth)
    {
        if (type is HlWrapperTypeDef wrapper)
            return Measure(wrapper.Inner, sizes, depth);
        if (type is not HlFunctionTypeDef function)
            return 1;
        if (sizes[type.Index] != 0)
            return sizes[type.Index];
        if (depth > MaximumFunctionDepth)
            throw Invalid(type, "it contains itself or is nested too deep");
        int size = 1 + Measure(function.Return, sizes, depth + 1);
        foreach (HlTypeDef parameter in function.Parameters)
        {
            if ((size += Measure(parameter, sizes, depth + 1)) > MaximumFunctionSize)
                throw Invalid(type, $"it mentions more than {MaximumFunctionSize} types");
        }

        return sizes[type.Index] = size;
    }

    /// <summary>An error in a type.</summary>
    public HlBytecodeException Invalid(HlTypeDef type, string reason)
    {
        reader.Enter("type", type.Index);
        return reader.Invalid(offsets[type.Index], reason);
    }
}
