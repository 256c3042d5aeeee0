using System.Reflection.Metadata;

namespace GpuKeras.Compilation;

/// <summary>Control flow: blocks are translated in an order in which all ways into a block, but for loops, come first.</summary>
internal sealed partial class MethodTranslator
{
    // Far beyond any kernel that a device's own compiler would take.
    private const int MaxBlocks = 20_000;

    private readonly Dictionary<ulong, PendingBlock> pending = [];
    private readonly PriorityQueue<PendingBlock, (int Order, int Sequence)> open = new();

    private StackValue? TranslateBlocks()
    {
        Code.Jump(Edge(0));
        while (open.TryDequeue(out var block, out _))
        {
            if (!Facts.Changed || Code.BlockCount < MaxBlocks / 10)
                TranslateBlock(block);
        }
        var end = EndBlock();
        if (end.Entry == null)
        {
            if (!Facts.Changed)
                throw translation.Failure.At($"{Failure.Name(il.Method)} never returns", "the loop must end, and no way may throw");
            return il.HasResult ? Variables.Default(((System.Reflection.MethodInfo)il.Method).ReturnType) : null;
        }
        Begin(end);
        return il.HasResult ? Pop() : null;
    }

    private void TranslateBlock(PendingBlock block)
    {
        Begin(block);
        for (var i = block.Il!.First; i < block.Il.End; i++)
        {
            ref readonly var instruction = ref il.Code[i];
            translation.At(new(il.Method, instruction.Offset));
            if (instruction.IsBranch || instruction.Opcode == ILOpCode.Ret)
            {
                Leave(instruction);
                return;
            }
            Step(instruction);
        }
        Code.Jump(Edge(il.Code[block.Il.End - 1].Next));
    }

    private void Begin(PendingBlock block)
    {
        block.IsTranslated = true;
        translation.Path = block.Id;
        Code.Place(block.Block);
        Variables.Known = block.Entry!;
        // What is reached again must remember what it took for granted.
        if (IsReachedLate(block))
            Variables.Known = new(block.Entry!);
        stack.Clear();
        foreach (var slot in block.Stack)
        {
            Push(Variables.Load(slot));
            Variables.Forget(slot);
        }
    }

    private PendingBlock EndBlock()
    {
        var id = SlotName.Combine(frame, -1, 'b');
        return pending.TryGetValue(id, out var end) ? end : pending[id] = new(id, null, Code.NewBlock());
    }

    /// <summary>A way from here to an offset: the evaluation stack and what is known go along.</summary>
    private BasicBlock Edge(int offset)
    {
        var target = il.Flow.At(offset);
        var id = SlotName.Combine(frame, offset, 'b');
        var isUnrolled = false;
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] is not { } slot || !target.LiveIn[i]
                || Variables.Known.GetValueOrDefault(slot) is not Constant { IsStatic: true } constant)
            {
                continue;
            }
            id = SlotName.Combine(SlotName.Combine(id, i), constant.Bits);
            isUnrolled |= target.LoopStores?[i] ?? false;
        }
        if (!pending.TryGetValue(id, out var block))
        {
            if (Code.BlockCount > MaxBlocks)
                throw translation.Failure.At("an unrolled loop does not end", "let it run from Unroll.From to a constant");
            pending[id] = block = new(id, target, Code.NewBlock());
            open.Enqueue(block, (target.Order, Code.BlockCount));
        }
        Flow(block, isUnrolled);
        return block.Block;
    }

    // The evaluation stack goes along in variables that all ways into the block assign.
    private void Flow(PendingBlock block, bool isUnrolled)
    {
        if (block.Entry == null)
            block.Stack = [.. stack.Select((value, i) => new Slot(StackType(value), SlotName.Combine(block.Id, i, 's')))];
        for (var i = 0; i < stack.Count; i++)
            Variables.Store(block.Stack[i], stack[i]);
        if (block.IsTranslated)
            FlowBack(block);
        else if (block.Entry != null)
            Variables.Merge(block.Entry);
        else
            FlowFirst(block, isUnrolled);
        foreach (var slot in block.Stack)
            Variables.Forget(slot);
    }

    private void FlowFirst(PendingBlock block, bool isUnrolled)
    {
        block.Entry = new(Variables.Known);
        Restrict(block, isUnrolled);
    }

    // A late way into a block. Into the start of a loop it is expected; any other block took too much for granted.
    private void FlowBack(PendingBlock block)
    {
        if (IsReachedLate(block))
            Variables.CheckLoop(block.Id, block.Entry!);
        else if (Facts.ReachedLate.Add(block.Id))
            Facts.Changed = true;
    }

    private bool IsReachedLate(PendingBlock block) => block.Il is { IsLoopHeader: true } || Facts.ReachedLate.Contains(block.Id);

    // What the block does not need, or what changes in the loop that it starts, is not known there.
    private void Restrict(PendingBlock block, bool isUnrolled)
    {
        var entry = block.Entry!;
        for (var i = 0; i < slots.Length && block.Il != null; i++)
        {
            if (slots[i] is { } slot && !il.IsAddressTaken[i] && !block.Il.LiveIn[i])
                entry.Remove(slot);
        }
        if (!IsReachedLate(block))
            return;
        foreach (var (slot, _) in entry.ToArray())
        {
            if (Facts.Varying.Contains((block.Id, slot.Id)) || !isUnrolled && block.Il?.LoopStores != null && IsStoredIn(block.Il, slot))
                Variables.Blur(entry, slot);
        }
    }

    private bool IsStoredIn(IlBlock loop, Slot slot)
    {
        if (slot.IsArrayRegister)
            return true;
        while (slot.Parent != null)
            slot = slot.Parent;
        var variable = Array.IndexOf(slots, slot);
        return variable >= 0 && loop.LoopStores![variable];
    }

    private static Type StackType(StackValue value) => value switch
    {
        StructValue s => s.Shape.Type,
        BlockValue b => b.Shape.Type,
        RegisterArrayValue => typeof(Kernels.RegisterArray<float>),
        Value { Type.Kind: IrKind.Int32 } => typeof(int),
        Value { Type.Kind: IrKind.Int64 } => typeof(long),
        Value { Type.Kind: IrKind.Float32 } => typeof(float),
        Value { Type.Kind: IrKind.Float64 } => typeof(double),
        Value { Type.Kind: IrKind.Panel } => typeof(Kernels.FloatPanel),
        Value => typeof(nint),
        _ => typeof(object),
    };
}
