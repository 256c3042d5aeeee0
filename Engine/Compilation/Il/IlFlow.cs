using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>The control flow of a method: its blocks, loops, and which variables live where.</summary>
internal sealed class IlFlow
{
    private readonly IlMethod method;
    private readonly Dictionary<int, IlBlock> byOffset = [];
    private readonly List<IlBlock> blocks = [];

    public IlFlow(IlMethod method)
    {
        this.method = method;
        Split();
        Connect();
        Arrange();
        FindLiveVariables();
    }

    /// <summary>The block that starts at an offset.</summary>
    public IlBlock At(int offset) => byOffset[offset];

    private void Split()
    {
        var starts = new HashSet<int> { 0 };
        foreach (var instruction in method.Code)
        {
            if (instruction.Opcode == ILOpCode.Switch)
                starts.UnionWith(instruction.Targets!);
            else if (instruction.IsBranch)
                starts.Add((int)instruction.Operand);
            if (instruction.IsBranch || instruction.EndsFlow)
                starts.Add(instruction.Next);
        }
        for (var i = 0; i < method.Code.Length; i++)
        {
            if (starts.Contains(method.Code[i].Offset))
            {
                blocks.Add(new IlBlock(i));
                byOffset[method.Code[i].Offset] = blocks[^1];
            }
            blocks[^1].End = i + 1;
        }
    }

    private void Connect()
    {
        foreach (var block in blocks)
        {
            var last = method.Code[block.End - 1];
            if (!last.EndsFlow)
                Link(block, last.Next);
            if (last.Opcode == ILOpCode.Switch)
                Array.ForEach(last.Targets!, target => Link(block, target));
            else if (last.IsBranch)
                Link(block, (int)last.Operand);
        }
    }

    private void Link(IlBlock from, int offset)
    {
        var to = byOffset[offset];
        if (from.Successors.Contains(to))
            return;
        from.Successors.Add(to);
        to.Predecessors.Add(from);
    }

    // Depth first, later code first: so a loop's body comes before what follows the loop.
    private void Arrange()
    {
        var (open, finished) = (new HashSet<IlBlock>(), new List<IlBlock>());
        var seen = new HashSet<IlBlock>();
        var back = new List<(IlBlock Latch, IlBlock Header)>();
        Visit(blocks[0]);
        for (var i = 0; i < finished.Count; i++)
            finished[i].Order = finished.Count - 1 - i;
        foreach (var (latch, header) in back)
            MarkLoop(latch, header);

        void Visit(IlBlock block)
        {
            seen.Add(block);
            open.Add(block);
            foreach (var next in block.Successors.OrderByDescending(static next => next.First))
            {
                if (open.Contains(next))
                    back.Add((block, next));
                else if (!seen.Contains(next))
                    Visit(next);
            }
            open.Remove(block);
            finished.Add(block);
        }
    }

    private void MarkLoop(IlBlock latch, IlBlock header)
    {
        header.IsLoopHeader = true;
        header.LoopStores ??= new bool[method.IsStored.Length];
        var inside = new HashSet<IlBlock> { header };
        var open = new Stack<IlBlock>([latch]);
        while (open.TryPop(out var block))
        {
            if (inside.Add(block))
                block.Predecessors.ForEach(open.Push);
        }
        foreach (var block in inside)
        {
            foreach (var instruction in method.Code.AsSpan(block.First, block.End - block.First))
            {
                if (instruction.Opcode is ILOpCode.Stloc or ILOpCode.Starg)
                    header.LoopStores[method.Variable(instruction)] = true;
            }
        }
    }

    private void FindLiveVariables()
    {
        foreach (var block in blocks)
            block.LiveIn = new bool[method.IsStored.Length];
        for (var changed = true; changed;)
        {
            changed = false;
            for (var i = blocks.Count - 1; i >= 0; i--)
                changed |= UpdateLiveVariables(blocks[i]);
        }
    }

    private bool UpdateLiveVariables(IlBlock block)
    {
        var live = new bool[method.IsStored.Length];
        foreach (var next in block.Successors)
        {
            for (var i = 0; i < live.Length; i++)
                live[i] |= next.LiveIn[i];
        }
        for (var i = block.End - 1; i >= block.First; i--)
        {
            ref readonly var instruction = ref method.Code[i];
            if (instruction.Opcode is ILOpCode.Stloc or ILOpCode.Starg)
                live[method.Variable(instruction)] = false;
            else if (instruction.Opcode is ILOpCode.Ldloc or ILOpCode.Ldarg)
                live[method.Variable(instruction)] = true;
        }
        for (var i = 0; i < live.Length; i++)
            live[i] |= method.IsAddressTaken[i];
        if (live.AsSpan().SequenceEqual(block.LiveIn))
            return false;
        block.LiveIn = live;
        return true;
    }
}
