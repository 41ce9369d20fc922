using System.Reflection;
using HlDynamic.Compilation.Emit;
using OpCodes = System.Reflection.Emit.OpCodes;

namespace HlDynamic.Compilation;

/// <summary>
/// Values that code needs ready-made: string constants, closures of static functions, caches of dynamic accesses.
/// Each is a static read-only field; the fields sit in small classes, so that only what is used is built, and so that
/// optimised code holds the values as constants.
/// </summary>
internal sealed class ConstantPool(ModuleTypes types)
{
    private const int ChunkSize = 24;

    private readonly Dictionary<string, FieldDefinition> fields = [];
    private TypeDefinition? chunk;
    private CodeWriter? initializer;
    private int chunks, used;

    /// <summary>The field that holds a value, made by <paramref name="create"/> when it is asked for first.</summary>
    /// <param name="key">What identifies the value.</param>
    /// <param name="type">Its type.</param>
    /// <param name="create">Emits code that leaves the value on the stack.</param>
    public FieldDefinition Get(string key, ClrType type, Action<CodeWriter> create)
    {
        if (fields.TryGetValue(key, out FieldDefinition? field))
            return field;
        if (chunk is null || used == ChunkSize)
            NextChunk();
        field = chunk!.DefineField("c" + used++, type, FieldAttributes.Public | FieldAttributes.Static | FieldAttributes.InitOnly);
        create(initializer!);
        initializer!.Emit(OpCodes.Stsfld, field);
        fields.Add(key, field);
        return field;
    }

    /// <summary>Lets the values that are new from here on have a class of their own, which they are built with.</summary>
    public void StartClass() => used = ChunkSize;

    /// <summary>Ends the last class.</summary>
    public void Complete() => initializer?.Emit(OpCodes.Ret);

    private void NextChunk()
    {
        Complete();
        chunk = types.Define("hl.$Pool" + chunks++, TypeAttributes.NotPublic | TypeAttributes.Abstract | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit, typeof(object));
        initializer = chunk.Initializer;
        used = 0;
    }
}
