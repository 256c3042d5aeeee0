using GpuKeras.Kernels;

namespace GpuKeras.Tests.Support.Ptx;

/// <summary>One item of a launch: its registers, and where it is.</summary>
public sealed class PtxItem
{
    private const long StepLimit = 200_000_000;

    private PtxBlock? local;
    private long steps;

    public PtxItem(PtxGroup group, ulong[] initial, Index3D index, int number)
    {
        Group = group;
        R = [.. initial];
        Number = number;
        ReadOnlySpan<int> special =
        [
            index.X, index.Y, index.Z,
            group.Config.Group.X, group.Config.Group.Y, group.Config.Group.Z,
            group.Index.X, group.Index.Y, group.Index.Z,
            group.Config.Grid.X, group.Config.Grid.Y, group.Config.Grid.Z,
            number % PtxGroup.WarpSize, number / PtxGroup.WarpSize,
        ];
        for (var i = 0; i < special.Length; i++)
            R[i] = (uint)special[i];
    }

    /// <summary>The registers, special registers and constants, each in the low bits of its slot.</summary>
    public ulong[] R { get; }

    /// <summary>The instruction that comes next.</summary>
    public int Next { get; set; }

    public PtxState State { get; set; }

    public PtxGroup Group { get; }

    /// <summary>The number in the group, x fastest.</summary>
    public int Number { get; }

    public PtxBlock Local => local ??= new(Group.Program.Text, "local");

    /// <summary>Asynchronous copies of each batch that is under way; the last one is open.</summary>
    public List<List<Action>> Copies { get; } = [[]];

    /// <summary>The instruction that the item has stopped at.</summary>
    public int At => Next - 1;

    /// <summary>Runs to the next barrier, warp instruction or end.</summary>
    public void Run(PtxStep[] code)
    {
        State = PtxState.Running;
        while (State == PtxState.Running)
        {
            code[Next++](this);
            if (++steps > StepLimit)
                throw new PtxException("does not end");
        }
    }
}
