using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>One group of a launch: runs its items in turn to the next barrier or warp instruction.</summary>
public sealed unsafe class PtxGroup
{
    public const int WarpSize = 32;

    private readonly PtxItem[] items;
    private readonly PtxBlock shared;
    private readonly PtxRaces sharedRaces;

    // Which item copies to a byte, plus 1.
    private readonly int[] copying;
    private readonly PtxMachine machine;
    private readonly int number;
    private int barriers;

    public PtxGroup(PtxMachine machine, PtxProgram program, KernelConfig config, Index3D index)
    {
        (this.machine, Program, Config, Index) = (machine, program, config, index);
        number = (index.Z * config.Grid.Y + index.Y) * config.Grid.X + index.X;
        shared = new PtxBlock(program.Text, "shared");
        sharedRaces = new PtxRaces(program.Text.Size("shared"));
        copying = new int[program.Text.Size("shared")];
        items = new PtxItem[config.GroupSize];
        for (var i = 0; i < items.Length; i++)
        {
            var local = new Index3D(i % config.Group.X, i / config.Group.X % config.Group.Y, i / config.Group.X / config.Group.Y);
            items[i] = new PtxItem(this, program.Initial, local, i);
        }
    }

    public PtxProgram Program { get; }

    public KernelConfig Config { get; }

    public Index3D Index { get; }

    /// <summary>Runs all items to their end.</summary>
    public void Run()
    {
        while (true)
        {
            foreach (var warp in items.Chunk(WarpSize))
                RunWarp(warp);
            if (items.All(static item => item.State == PtxState.Done))
                return;
            CheckBarrier();
            barriers++;
            foreach (var item in items)
                item.State = PtxState.Running;
        }
    }

    /// <summary>Where bytes are that an item reads or writes.</summary>
    public byte* At(PtxItem item, string space, ulong address, int bytes, PtxAccess access)
    {
        if (address % (ulong)bytes != 0)
            throw new PtxException($".{space} address {address} must be a multiple of {bytes}");
        switch (space)
        {
            case "global":
                return machine.Buffers.At(address, bytes, access, Stamp(item));
            case "shared":
                var at = shared.At(address, bytes);
                CheckCopies(address, bytes);
                if (access == PtxAccess.Read)
                    sharedRaces.Read((long)address, bytes, Stamp(item));
                else if (access == PtxAccess.Write)
                    sharedRaces.Write((long)address, bytes, Stamp(item));
                return at;
            case "local":
                return item.Local.At(address, bytes);
            case "param":
                return machine.Arguments.At(address, bytes);
            default:
                return Program.Constants.At(address, bytes);
        }
    }

    /// <summary>An item starts an asynchronous copy to shared memory.</summary>
    public void StartCopy(PtxItem item, ulong address, int bytes)
    {
        At(item, "shared", address, bytes, PtxAccess.Write);
        copying.AsSpan((int)address, bytes).Fill(item.Number + 1);
    }

    /// <summary>The copy ends; gives its target.</summary>
    public Span<byte> EndCopy(PtxItem item, ulong address, int bytes)
    {
        copying.AsSpan((int)address, bytes).Clear();
        return new(At(item, "shared", address, bytes, PtxAccess.Write), bytes);
    }

    private void CheckCopies(ulong address, int bytes)
    {
        foreach (var item in copying.AsSpan((int)address, bytes))
        {
            if (item > 0)
                throw new PtxException($"shared memory at {address} is used while item {item - 1} copies to it: it has not waited for the copy");
        }
    }

    private long Stamp(PtxItem item) => PtxRaces.Stamp(number, barriers, item.Number);

    private void RunWarp(PtxItem[] warp)
    {
        while (true)
        {
            foreach (var item in warp)
                Run(item);
            if (Array.TrueForAll(warp, static item => item.State != PtxState.AtWarpInstruction))
                return;
            var first = Array.Find(warp, static item => item.State == PtxState.AtWarpInstruction)!;
            var missing = warp.Where(item => item.State != PtxState.AtWarpInstruction || item.At != first.At).Select(Where).ToList();
            if (warp.Length < WarpSize)
                missing.Add($"the warp has {warp.Length} items only");
            if (missing.Count > 0)
                throw Fault(first, $"lanes are missing: {string.Join("; ", missing)}");
            Guard(first, () => Program.Together[first.At](warp));
            foreach (var item in warp)
                item.State = PtxState.Running;
        }
    }

    private void Run(PtxItem item)
    {
        if (item.State == PtxState.Running)
            Guard(item, () => item.Run(Program.Code));
    }

    private void CheckBarrier()
    {
        var first = Array.Find(items, static item => item.State == PtxState.AtBarrier)!;
        var missing = items.Where(item => item.State != PtxState.AtBarrier || item.At != first.At).Select(Where).ToList();
        if (missing.Count > 0)
            throw Fault(first, $"divergent barrier: {string.Join("; ", missing.Take(8))}");
    }

    private void Guard(PtxItem item, Action action)
    {
        try
        {
            action();
        }
        catch (PtxException exception)
        {
            throw Fault(item, exception.Message);
        }
    }

    private string Where(PtxItem item) =>
        item.State == PtxState.Done ? $"item {item.Number} has ended" : $"item {item.Number} is at {Instruction(item)}";

    private PtxException Fault(PtxItem item, string message) =>
        new($"{Program.Text.Name}, group {Index}, item {item.Number}, {Instruction(item)}: {message}");

    private string Instruction(PtxItem item) =>
        item.At < Program.Text.Instructions.Count ? Program.Text.Instructions[item.At].ToString() : "the end";
}
