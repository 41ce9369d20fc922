using System.Globalization;
using System.Text;

namespace HlDynamic.Bytecode;

/// <summary>Writes the operands of one function's instructions.</summary>
internal sealed class OperandWriter(HlModule module, HlFunctionDef function, VariableNames variables)
{
    private readonly Dictionary<int, HlConstantDef> constants = FindConstants(module);

    /// <summary>The operands of an instruction; the indexes must come in order.</summary>
    public string Write(int index)
    {
        ref readonly HlInstruction instruction = ref function.Body.Instructions[index];
        HlOpcodeInfo shape = HlOpcodes.Get(instruction.Opcode);
        bool writes = shape.Operands is [HlOperandKind.Written or HlOperandKind.Updated, ..];
        string rest = WriteRead(instruction, shape, index, writes ? 1 : 0);
        variables.Advance(index);
        if (!writes)
            return rest;
        string written = Register(instruction.A);
        return rest.Length == 0 ? written : $"{written}, {rest}";
    }

    private string WriteRead(in HlInstruction instruction, HlOpcodeInfo shape, int index, int first)
    {
        switch (instruction.Opcode)
        {
            case HlOpcode.OCallMethod:
                return $"{Method(function.Registers[function.Arguments(instruction)[0]], instruction.B)}({Registers(function.Arguments(instruction))})";
            case HlOpcode.OCallThis:
                return $"{Method(function.Registers[0], instruction.B)}({Registers([0, .. function.Arguments(instruction)])})";
            case HlOpcode.OVirtualClosure:
                return $"{Register(instruction.B)}, {Method(function.Registers[instruction.B], instruction.C)}";
            case HlOpcode.OField:
                return $"{Register(instruction.B)}.{Field(function.Registers[instruction.B], instruction.C)}";
            case HlOpcode.OSetField:
                return $"{Register(instruction.A)}.{Field(function.Registers[instruction.A], instruction.B)}, {Register(instruction.C)}";
            case HlOpcode.OGetThis:
                return $"{Register(0)}.{Field(function.Registers[0], instruction.B)}";
            case HlOpcode.OSetThis:
                return $"{Register(0)}.{Field(function.Registers[0], instruction.A)}, {Register(instruction.B)}";
            case HlOpcode.OMakeEnum:
                return $"{Constructor(instruction.A, instruction.B)}({Registers(function.Arguments(instruction))})";
            case HlOpcode.OEnumAlloc:
                return Constructor(instruction.A, instruction.B);
            case HlOpcode.OEnumField:
                return $"{Register(instruction.B)}.{Constructor(instruction.B, instruction.C)}[{instruction.D}]";
            case HlOpcode.OSetEnumField:
                return $"{Register(instruction.A)}.{Constructor(instruction.A, 0)}[{instruction.B}], {Register(instruction.C)}";
            case HlOpcode.OSwitch:
                return Switch(instruction, index);
        }

        var parts = new List<string>();
        for (int i = first; i < shape.Operands.Length; i++)
            parts.Add(Operand(shape.Operands[i], i switch { 0 => instruction.A, 1 => instruction.B, _ => instruction.C }, index));
        string text = string.Join(", ", parts);
        return shape.Arguments == 0 ? text : $"{text}({Registers(function.Arguments(instruction))})";
    }

    private string Operand(HlOperandKind kind, int value, int index) => kind switch
    {
        HlOperandKind.Written or HlOperandKind.Read or HlOperandKind.Updated => Register(value),
        HlOperandKind.Int => module.Ints[value].ToString(CultureInfo.InvariantCulture),
        HlOperandKind.Float => module.Floats[value].ToString("R", CultureInfo.InvariantCulture),
        HlOperandKind.Bool => value == 0 ? "false" : "true",
        HlOperandKind.String => Quote(module.Strings[value]),
        HlOperandKind.Bytes => $"bytes {value} of length {module.ByteConstants[value].Length}",
        HlOperandKind.Function => module.FindFunction(value)?.DisplayName ?? $"{module.FindNative(value)!.Library}@{module.FindNative(value)!.Name}",
        HlOperandKind.Global => Global(value),
        HlOperandKind.Jump => $"-> {index + 1 + value}",
        HlOperandKind.Type => module.Types[value].ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private string Register(int register) => variables.Current(register) is { } name ? $"r{register}:{name}" : $"r{register}";

    private string Registers(ReadOnlySpan<int> registers)
    {
        var text = new StringBuilder();
        foreach (int register in registers)
            text.Append(text.Length == 0 ? "" : ", ").Append(Register(register));
        return text.ToString();
    }

    private string Method(HlTypeDef type, int slot) => type is HlObjectTypeDef obj
        ? $"{obj.Name}.{obj.FindVirtual(slot)!.Name}"
        : Field(type, slot);

    private static string Field(HlTypeDef type, int field)
    {
        string name = type is HlObjectTypeDef obj ? obj.GetField(field).Name : ((HlVirtualTypeDef)type).Fields[field].Name;
        return name.Length > 0 ? name : $"#{field}";
    }

    private string Constructor(int register, int constructor)
    {
        var type = (HlEnumTypeDef)function.Registers[register];
        string name = type.Constructors[constructor].Name;
        return type.Name.Length == 0 || name.Length == 0 ? $"{type.Name}#{constructor}" : $"{type.Name}.{name}";
    }

    private string Switch(in HlInstruction instruction, int index)
    {
        var text = new StringBuilder(Register(instruction.A)).Append(',');
        ReadOnlySpan<int> distances = function.Arguments(instruction);
        for (int i = 0; i < distances.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $" {i} -> {index + 1 + distances[i]},");
        return text.Append(CultureInfo.InvariantCulture, $" end {index + 1 + instruction.B}").ToString();
    }

    private string Global(int global)
    {
        string type = $"global {global} {module.Globals[global]}";
        if (!constants.TryGetValue(global, out HlConstantDef? constant) || module.Globals[global] is not HlObjectTypeDef obj)
            return type;
        for (int i = 0; i < constant.Fields.Length; i++)
        {
            if (obj.Fields[i].Type.Kind == HlTypeKind.Bytes)
                return $"{type} {Quote(module.Strings[constant.Fields[i]])}";
        }

        return type;
    }

    private static Dictionary<int, HlConstantDef> FindConstants(HlModule module)
    {
        var found = new Dictionary<int, HlConstantDef>(module.Constants.Length);
        foreach (HlConstantDef constant in module.Constants)
            found[constant.GlobalIndex] = constant;
        return found;
    }

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
