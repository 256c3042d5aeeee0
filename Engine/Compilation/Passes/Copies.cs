namespace GpuKeras.Compilation;

/// <summary>Removes moves within a block: reads a variable itself rather than a copy, and writes a result where it is moved to.</summary>
internal static class Copies
{
    public static void Propagate(KernelFunction function)
    {
        foreach (var block in function.Blocks)
            ReadSources(block);
        var reads = new int[function.RegisterCount];
        foreach (var operand in function.Instructions.SelectMany(static instruction => instruction.Operands))
        {
            if (operand is Register register)
                reads[register.Id]++;
        }
        foreach (var block in function.Blocks)
            WriteTargets(block, reads);
    }

    // t = v; … t …  becomes  … v …, as long as v is not assigned.
    private static void ReadSources(BasicBlock block)
    {
        var copies = new Dictionary<Register, Register>();
        var copied = new Dictionary<Register, List<Register>>();
        foreach (var instruction in block.Instructions)
        {
            if (Array.Exists(instruction.Operands, operand => operand is Register register && copies.ContainsKey(register)))
                instruction.Operands = [.. instruction.Operands.Select(Source)];
            foreach (var target in instruction.Targets)
            {
                if (copied.Remove(target, out var stale))
                    stale.ForEach(copy => copies.Remove(copy));
            }
            if (instruction is { Opcode: Opcode.Move, Operands: [Register source], Targets: [{ Definition: not null } temporary] }
                && source != temporary)
            {
                copies[temporary] = source;
                if (!copied.TryGetValue(source, out var list))
                    copied[source] = list = [];
                list.Add(temporary);
            }
        }

        Value Source(Value operand) => operand is Register register && copies.TryGetValue(register, out var source) ? source : operand;
    }

    // t = a + b; v = t  becomes  v = a + b, where nothing else reads t and nothing between reads or writes v.
    private static void WriteTargets(BasicBlock block, int[] reads)
    {
        var written = new Dictionary<Register, int>();
        var touched = new Dictionary<Register, int>();
        for (var i = 0; i < block.Instructions.Count; i++)
        {
            var instruction = block.Instructions[i];
            if (instruction is { Opcode: Opcode.Move, Operands: [Register source], Targets: [{ Definition: null } variable] }
                && reads[source.Id] == 1 && written.TryGetValue(source, out var at) && touched.GetValueOrDefault(variable, -1) <= at
                && source.Type == variable.Type)
            {
                block.Instructions[at].Targets = [variable];
                block.Instructions[i] = new Instruction(Opcode.Move, [source], [source]);
                touched[variable] = i;
                reads[source.Id] = 0;
                continue;
            }
            foreach (var operand in instruction.Operands.OfType<Register>())
                touched[operand] = i;
            foreach (var target in instruction.Targets)
                touched[target] = i;
            if (instruction.Targets is [{ Definition: not null } result])
                written[result] = i;
        }
        block.Instructions.RemoveAll(static instruction =>
            instruction is { Opcode: Opcode.Move, Operands: [Register source], Targets: [var target] } && source == target);
    }
}
