namespace GpuKeras.Compilation;

/// <summary>Removes jumps to jumps and blocks that nothing reaches, and joins blocks that always follow each other.</summary>
internal static class BlockLayout
{
    public static void Simplify(KernelFunction function)
    {
        foreach (var block in function.Blocks)
            block.Terminator.Successors = [.. block.Terminator.Successors.Select(Destination)];
        RemoveUnreachable(function);
        Join(function);
    }

    private static BasicBlock Destination(BasicBlock block)
    {
        // An endless loop of jumps ends the search.
        for (var steps = 0; steps < 100 && block.Instructions is [{ Opcode: Opcode.Jump } jump]; steps++)
            block = jump.Successors[0];
        return block;
    }

    private static void RemoveUnreachable(KernelFunction function)
    {
        var reached = new HashSet<BasicBlock>();
        var open = new Stack<BasicBlock>([function.Blocks[0]]);
        while (open.TryPop(out var block))
        {
            if (reached.Add(block))
                Array.ForEach(block.Terminator.Successors, open.Push);
        }
        function.Blocks.RemoveAll(block => !reached.Contains(block));
    }

    private static void Join(KernelFunction function)
    {
        var ways = new Dictionary<BasicBlock, int>();
        foreach (var next in function.Blocks.SelectMany(static block => block.Terminator.Successors))
            ways[next] = ways.GetValueOrDefault(next) + 1;
        var joined = new HashSet<BasicBlock>();
        foreach (var block in function.Blocks)
        {
            if (joined.Contains(block))
                continue;
            while (block.Terminator is { Opcode: Opcode.Jump, Successors: [var next] }
                && ways[next] == 1 && next != block && joined.Add(next))
            {
                block.Instructions.RemoveAt(block.Instructions.Count - 1);
                block.Instructions.AddRange(next.Instructions);
            }
        }
        function.Blocks.RemoveAll(joined.Contains);
    }
}
