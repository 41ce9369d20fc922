using System.Globalization;

namespace HlDynamic.Bytecode;

/// <summary>Writes functions as text for people: registers by the names of their variables, fields and functions by name, constants by value.</summary>
public static class HlDisassembler
{
    /// <summary>A function as text.</summary>
    /// <param name="module">The module of the function.</param>
    /// <param name="function">The function.</param>
    public static string Disassemble(HlModule module, HlFunctionDef function)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Write(module, function, writer);
        return writer.ToString();
    }

    /// <summary>Writes all functions of a module, in the order of the file.</summary>
    /// <param name="module">The module.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(HlModule module, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(writer);
        for (int i = 0; i < module.Functions.Length; i++)
        {
            if (i > 0)
                writer.WriteLine();
            Write(module, module.Functions[i], writer);
        }
    }

    /// <summary>Writes a function: a header, its registers, and a line for each instruction.</summary>
    /// <param name="module">The module of the function.</param>
    /// <param name="function">The function.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(HlModule module, HlFunctionDef function, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(writer);
        var variables = new VariableNames(function);
        writer.WriteLine($"{function.DisplayName} {function.Type} function {function.Index}");
        for (int i = 0; i < function.Registers.Length; i++)
        {
            string names = string.Join(", ", variables.All(i));
            writer.WriteLine($"  r{i} {function.Registers[i]}{(names.Length > 0 ? " " : "")}{names}");
        }

        var operands = new OperandWriter(module, function, variables);
        (int File, int Line) last = (-1, 0);
        for (int i = 0; i < function.Body.Instructions.Length; i++)
        {
            (int File, int Line) position = function.GetPosition(i);
            if (position != last && position.File >= 0)
                writer.WriteLine($"  ; {module.DebugFiles[position.File]}:{position.Line}");
            last = position;
            string mnemonic = HlOpcodes.Get(function.Body.Instructions[i].Opcode).Mnemonic;
            writer.WriteLine($"  {i,4}  {mnemonic,-15} {operands.Write(i)}".TrimEnd());
        }
    }
}
