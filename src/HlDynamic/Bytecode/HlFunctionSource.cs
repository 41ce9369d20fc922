namespace HlDynamic.Bytecode;

/// <summary>
/// Reads the bodies of functions when they are asked for. For modules that were read and validated before, whose bodies
/// are needed only by who looks into them: a program that runs from the compile cache does without.
/// </summary>
internal sealed class HlFunctionSource(ByteReader reader, HlFunctionReader functions, object[] callables)
{
    private readonly Lock gate = new();
    private HlFunctionDef[]? unrelated;

    /// <summary>The functions, which are yet to be related to each other.</summary>
    public void SetFunctions(HlFunctionDef[] all) => unrelated = all;

    /// <summary>Reads the body that starts at an offset.</summary>
    public HlFunctionBody Read(int offset)
    {
        lock (gate)
        {
            reader.Offset = offset;
            return functions.ReadBody(-1);
        }
    }

    /// <summary>Reads the debug information of a body.</summary>
    public HlFunctionDebug ReadDebug(HlFunctionBody body)
    {
        lock (gate)
        {
            reader.Offset = body.DebugOffset;
            return functions.ReadDebug(body.InstructionCount);
        }
    }

    /// <summary>Finds out what functions without a name are known by.</summary>
    public void Relate()
    {
        if (Volatile.Read(ref unrelated) is null)
            return;
        lock (gate)
        {
            if (unrelated is not { } all)
                return;
            // Relating asks the functions themselves.
            if (isRelating)
                return;
            isRelating = true;
            var relations = new FunctionRelations(callables);
            var garbage = new GarbageLimit();
            foreach (HlFunctionDef function in all)
            {
                relations.Visit(function);
                function.Release();
                garbage.Check();
            }
            Volatile.Write(ref unrelated, null);
        }
    }

    private bool isRelating;
}
