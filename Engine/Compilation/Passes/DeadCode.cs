namespace GpuKeras.Compilation;

/// <summary>Removes instructions without an effect, whose results nothing with an effect needs.</summary>
internal static class DeadCode
{
    public static void Remove(KernelFunction function)
    {
        var writers = new List<Instruction>?[function.RegisterCount];
        var needed = new HashSet<Instruction>();
        var open = new Stack<Instruction>();
        foreach (var instruction in function.Instructions)
        {
            foreach (var target in instruction.Targets)
                (writers[target.Id] ??= []).Add(instruction);
            if (instruction.HasEffect && needed.Add(instruction))
                open.Push(instruction);
        }
        while (open.TryPop(out var instruction))
        {
            foreach (var operand in instruction.Operands)
            {
                if (operand is not Register { Id: var id } || writers[id] is not { } sources)
                    continue;
                writers[id] = null;
                foreach (var source in sources)
                {
                    if (needed.Add(source))
                        open.Push(source);
                }
            }
        }
        foreach (var block in function.Blocks)
            block.Instructions.RemoveAll(instruction => !needed.Contains(instruction));
    }
}
