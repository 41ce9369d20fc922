using HlDynamic.Bytecode;

namespace HlDynamic.MutationHost;

/// <summary>
/// Damages a bytecode file, in a way that follows from a seed: bytes anywhere, or operands, opcodes and the types of
/// registers where the file is known to hold them, which gets past the validator more often.
/// </summary>
internal sealed class Mutator
{
    private readonly byte[] original;
    private readonly HlModule module;
    private readonly List<Site> sites = [];
    private readonly List<int> preferred = [];
    private readonly List<(int Offset, int Length, HlFunctionDef Function, int Register)> registers = [];
    private readonly int firstFunction;

    private sealed record Site(int Offset, int Length, HlFunctionDef Function, int Index);

    public Mutator(byte[] original, string name)
    {
        this.original = original;
        module = HlModule.Read(original, name);
        int at = 0;
        foreach (HlFunctionDef function in module.Functions)
        {
            byte[][] types = [.. function.Registers.Select(r => InstructionWriter.Index(r.Index))];
            byte[][] code = [.. function.Instructions.ToArray().Select(i => InstructionWriter.Write(i.Opcode, InstructionWriter.GetOperands(function, i)))];
            byte[] all = [.. types.SelectMany(t => t), .. code.SelectMany(c => c)];
            int found = original.AsSpan(at).IndexOf(all);
            if (found < 0)
                throw new InvalidOperationException($"{function} is not where it should be in {name}.");
            at += found;
            if (firstFunction == 0)
                firstFunction = at;
            // The program's own code is executed, what it stands on mostly not.
            bool isOwn = module.HasDebug && IsOwn(function, name);
            for (int i = 0; i < types.Length; at += types[i++].Length)
                if (i >= function.Type.Parameters.Length)
                    registers.Add((at, types[i].Length, function, i));
            for (int i = 0; i < code.Length; at += code[i++].Length)
            {
                if (isOwn)
                    preferred.Add(sites.Count);
                sites.Add(new Site(at, code[i].Length, function, i));
            }
        }
    }

    private bool IsOwn(HlFunctionDef function, string name)
    {
        (int file, _) = function.GetPosition(0);
        return (uint)file < (uint)module.DebugFiles.Length && Path.GetFileNameWithoutExtension(module.DebugFiles[file]) == name;
    }

    /// <summary>The damaged copy of a seed.</summary>
    public byte[] Mutate(int seed)
    {
        var random = new Random(seed);
        // From the back to the front, so that places stay where they are.
        var edits = new SortedDictionary<int, (int Length, byte[] Bytes)>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        int count = random.Next(1, 4);
        bool isRough = random.Next(4) == 0;
        for (int i = 0; i < count; i++)
        {
            (int at, int length, byte[] bytes) = isRough ? MutateBytes(random) : random.Next(6) == 0 ? MutateRegister(random) : MutateInstruction(random);
            edits[at] = (length, bytes);
        }

        var result = new List<byte>(original);
        int end = int.MaxValue;
        foreach ((int at, (int length, byte[] bytes)) in edits)
        {
            if (at + length > end)
                continue;
            result.RemoveRange(at, length);
            result.InsertRange(at, bytes);
            end = at;
        }

        return isRough && random.Next(8) == 0 ? [.. result.Take(random.Next(result.Count))] : [.. result];
    }

    private (int, int, byte[]) MutateBytes(Random random)
    {
        int at = random.Next(3) switch
        {
            0 => random.Next(original.Length),
            1 => random.Next(firstFunction / 2, firstFunction),
            _ => random.Next(firstFunction, original.Length),
        };
        switch (random.Next(4))
        {
            case 0:
                return (at, 1, [(byte)(original[at] ^ (1 << random.Next(8)))]);
            case 1:
                return (at, 1, [(byte)random.Next(256)]);
            case 2:
                return (at, 1, [(byte)(original[at] + random.Next(-2, 3))]);
            default:
                int length = Math.Min(random.Next(1, 20), original.Length - at), from = random.Next(original.Length - length);
                return (at, length, original[from..(from + length)]);
        }
    }

    private (int, int, byte[]) MutateRegister(Random random)
    {
        (int offset, int length, _, _) = registers[random.Next(registers.Count)];
        return (offset, length, InstructionWriter.Index(random.Next(module.Types.Length)));
    }

    private (int, int, byte[]) MutateInstruction(Random random)
    {
        Site site = sites[preferred.Count > 0 && random.Next(3) > 0 ? preferred[random.Next(preferred.Count)] : random.Next(sites.Count)];
        HlInstruction instruction = site.Function.Instructions[site.Index];
        int[] operands = InstructionWriter.GetOperands(site.Function, instruction);
        HlOpcode opcode = instruction.Opcode;
        switch (random.Next(8))
        {
            case 0:
                opcode = SimilarOpcode(opcode, random);
                break;
            case 1:
                HlFunctionDef other = site.Function;
                HlInstruction copy = other.Instructions[random.Next(other.Instructions.Length)];
                return (site.Offset, site.Length, InstructionWriter.Write(copy.Opcode, InstructionWriter.GetOperands(other, copy)));
            case 2:
                return (site.Offset, site.Length, InstructionWriter.Write(HlOpcode.ONop, []));
            default:
                if (operands.Length > 0)
                {
                    int which = random.Next(operands.Length);
                    operands[which] = OtherOperand(site, opcode, which, operands[which], random);
                }

                break;
        }

        return (site.Offset, site.Length, InstructionWriter.Write(opcode, operands));
    }

    // One that takes the same operands.
    private static HlOpcode SimilarOpcode(HlOpcode opcode, Random random)
    {
        HlOpcodeInfo shape = HlOpcodes.Get(opcode);
        HlOpcode[] others = [.. Enum.GetValues<HlOpcode>().Where(o => o != HlOpcode.OSwitch && HlOpcodes.Get(o).Operands.Length == shape.Operands.Length && HlOpcodes.Get(o).Arguments == shape.Arguments)];
        return opcode == HlOpcode.OSwitch || others.Length == 0 ? opcode : others[random.Next(others.Length)];
    }

    private int OtherOperand(Site site, HlOpcode opcode, int which, int value, Random random)
    {
        HlOpcodeInfo shape = HlOpcodes.Get(opcode);
        HlOperandKind kind = which < shape.Operands.Length ? shape.Operands[which] : HlOperandKind.Read;
        switch (kind)
        {
            case HlOperandKind.Written or HlOperandKind.Read or HlOperandKind.Updated:
                // Mostly one of the same kind, which the validator lets pass.
                var types = site.Function.Registers;
                int[] same = (uint)value < (uint)types.Length ? [.. Enumerable.Range(0, types.Length).Where(r => types[r].Kind == types[value].Kind && r != value)] : [];
                return same.Length > 0 && random.Next(3) > 0 ? same[random.Next(same.Length)] : random.Next(types.Length);
            case HlOperandKind.Function:
                HlFunctionTypeDef signature = module.GetSignature(value);
                int[] fitting = [.. Enumerable.Range(0, module.CallableCount).Where(f => module.GetSignature(f).Parameters.Length == signature.Parameters.Length)];
                return fitting[random.Next(fitting.Length)];
            case HlOperandKind.Type:
                return random.Next(module.Types.Length);
            case HlOperandKind.Global:
                return random.Next(module.Globals.Length);
            case HlOperandKind.String:
                return random.Next(module.Strings.Length);
            case HlOperandKind.Int:
                return random.Next(module.Ints.Length);
            case HlOperandKind.Jump:
                return random.Next(-site.Index - 1, site.Function.Instructions.Length - site.Index);
            default:
                return Math.Max(0, value + random.Next(-2, 3));
        }
    }
}
