namespace GpuKeras.Tests.Support.Ptx;

/// <summary>What an item is doing.</summary>
public enum PtxState
{
    Running,
    AtBarrier,
    AtWarpInstruction,
    Done,
}
