using System.Reflection;
using HlDynamic.Bytecode;
using HlDynamic.Compilation.Emit;
using HlDynamic.Runtime;

namespace HlDynamic.Compilation;

/// <summary>Functions that are compiled more than once: for calls of themselves, and for calls inside traps.</summary>
internal sealed partial class ModuleEmitter
{
    private readonly List<Copy> copies = [];
    private readonly List<HlFunctionDef> triedFunctions = [];

    private sealed record Copy(MethodDefinition Method, int Function);

    // A small function that only calculates and calls itself is compiled several times: calls of itself lead to a copy that the JIT compiles
    // into it, and that calls the next copy or the function again. One check of the stack does for all of them.
    private void EmitFunction(HlFunctionDef function)
    {
        MethodDefinition method = methods[function.Index]!;
        var compiler = new FunctionCompiler(this, function, method);
        int depth = Recursion.IsGuarded(function.Index) && !StackUse.NeedsFrame(function) ? RecursionAnalysis.DepthOfCopies(function) : 0;
        for (int i = 1; i <= depth; i++)
        {
            MethodDefinition copy = DefineCopy(function, "again" + i, Types.OfParameters(function.Type.Parameters), MethodImplAttributes.AggressiveInlining);
            compiler.Next = copy;
            compiler.Compile();
            compiler = new FunctionCompiler(this, function, copy) { IsCopy = true };
        }
        compiler.Compile();
    }

    /// <summary>The copy of a function that returns what it throws, for calls inside traps.</summary>
    public MethodDefinition Tried(int index)
    {
        if (tried[index] is { } known)
            return known;
        HlFunctionDef function = Module.FindFunction(index)!;
        triedFunctions.Add(function);
        return tried[index] = DefineCopy(function, "tried", [.. Types.OfParameters(function.Type.Parameters), typeof(HaxeException).MakeByRefType()]);
    }

    // What they call in turn makes more of them.
    private void EmitTriedCopies()
    {
        for (int i = 0; i < triedFunctions.Count; i++)
        {
            HlFunctionDef function = triedFunctions[i];
            At(function, 0);
            new FunctionCompiler(this, function, tried[function.Index]!) { ReturnsThrown = true }.Compile();
            function.Release();
        }
    }

    // The object of a method is a copy's first parameter.
    private MethodDefinition DefineCopy(HlFunctionDef function, string name, ClrType[] parameters, MethodImplAttributes implementation = 0)
    {
        MethodDefinition method = methods[function.Index]!;
        MethodDefinition copy = method.Owner.DefineMethod($"{method.Name}${name}", MethodAttributes.Public | MethodAttributes.Static | MethodAttributes.HideBySig,
            Types.Of(function.Type.Return), parameters, implementation);
        copies.Add(new Copy(copy, function.Index));
        return copy;
    }

    private int[] CopyRows()
    {
        var rows = new int[copies.Count * 2];
        for (int i = 0; i < copies.Count; i++)
            (rows[i * 2], rows[i * 2 + 1]) = (copies[i].Method.Row, copies[i].Function);
        return rows;
    }
}
