namespace GpuKeras.Kernels;

/// <summary>Warps of 32 items, as kernels expect them on every device.</summary>
/// <remarks>
/// ILGPU's shuffles where warps have 32 items; on OpenCL, where ILGPU shuffles for Intel only and there in narrower warps, values go
/// through shared memory. Every item of a group reaches each call, so that barriers may stand in it.
/// </remarks>
public static class Warp
{
    /// <summary>The number of items in a warp.</summary>
    public const int WarpSize = 32;

    private const int LargestGroup = 1024;

    /// <summary>The item's number in its warp.</summary>
    public static int LaneIdx => Group.LinearIndex % WarpSize;

    /// <summary>The warp's number in its group.</summary>
    public static int WarpIdx => Group.LinearIndex / WarpSize;

    /// <summary>The value of the item <paramref name="lane"/> of this warp.</summary>
    public static T Shuffle<T>(T value, int lane)
        where T : unmanaged
    {
        if (Target.HasWarps)
            return ILGPU.Warp.Shuffle(value, lane % WarpSize);
        var shared = SharedMemory.Allocate<T>(LargestGroup);
        shared[Group.LinearIndex] = value;
        Group.Barrier();
        var result = shared[WarpIdx * WarpSize + lane % WarpSize];
        Group.Barrier();
        return result;
    }

    /// <summary>The value of the item <paramref name="delta"/> further on; the own value at the warp's end.</summary>
    public static T ShuffleDown<T>(T value, int delta)
        where T : unmanaged => Shuffle(value, LaneIdx + delta < WarpSize ? LaneIdx + delta : LaneIdx);

    /// <summary>The value of the item <paramref name="delta"/> before; the own value at the warp's start.</summary>
    public static T ShuffleUp<T>(T value, int delta)
        where T : unmanaged => Shuffle(value, LaneIdx >= delta ? LaneIdx - delta : LaneIdx);

    /// <summary>The value of the item whose lane is this one's with the bits of <paramref name="mask"/> flipped.</summary>
    public static T ShuffleXor<T>(T value, int mask)
        where T : unmanaged => Shuffle(value, LaneIdx ^ mask);
}
