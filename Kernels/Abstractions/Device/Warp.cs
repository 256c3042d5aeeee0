namespace GpuKeras.Kernels;

/// <summary>The warp of an item: 32 neighbouring items of a group that run in step and can read each other's registers.</summary>
/// <remarks>
/// As in ILGPU, except that a warp has 32 items on every device: where the hardware has no such thing the compiler passes values
/// through shared memory. Therefore every item of the group, not only of the warp, must reach each of these calls, and the group's
/// size must be a multiple of 32.
/// </remarks>
public static class Warp
{
    /// <summary>The number of items in a warp.</summary>
    public const int WarpSize = 32;

    /// <summary>The item's number in its warp.</summary>
    public static int LaneIdx => Group.LinearIndex % WarpSize;

    /// <summary>The warp's number in its group.</summary>
    public static int WarpIdx => Group.LinearIndex / WarpSize;

    /// <summary>The value of the item <paramref name="lane"/> of this warp.</summary>
    [DeviceIntrinsic]
    public static T Shuffle<T>(T value, int lane)
        where T : unmanaged => SimulatedItem.Current.Exchange(value, WarpIdx * WarpSize + lane % WarpSize);

    /// <summary>The value of the item <paramref name="delta"/> further on; the own value at the warp's end.</summary>
    [DeviceIntrinsic]
    public static T ShuffleDown<T>(T value, int delta)
        where T : unmanaged => Shuffle(value, LaneIdx + delta < WarpSize ? LaneIdx + delta : LaneIdx);

    /// <summary>The value of the item <paramref name="delta"/> before; the own value at the warp's start.</summary>
    [DeviceIntrinsic]
    public static T ShuffleUp<T>(T value, int delta)
        where T : unmanaged => Shuffle(value, LaneIdx >= delta ? LaneIdx - delta : LaneIdx);

    /// <summary>The value of the item whose lane is this one's with the bits of <paramref name="mask"/> flipped.</summary>
    [DeviceIntrinsic]
    public static T ShuffleXor<T>(T value, int mask)
        where T : unmanaged => Shuffle(value, LaneIdx ^ mask);
}
