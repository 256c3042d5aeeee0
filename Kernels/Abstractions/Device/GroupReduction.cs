namespace GpuKeras.Kernels;

/// <summary>
/// Combines a value of each item of a group: within the warps first, then the warps' results through shared memory, in a fixed order.
/// </summary>
/// <remarks>Every item of the group must reach each call, and the group's size must be a multiple of a warp, at most 1,024.</remarks>
public static class GroupReduction
{
    private const int MostWarps = 32;

    /// <summary>The combination over the group, in each of its items.</summary>
    /// <typeparam name="TCombination">How two values become one.</typeparam>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="value">This item's value.</param>
    public static T Reduce<TCombination, T>(T value)
        where TCombination : struct, ICombination<T>
        where T : unmanaged
    {
        var shared = SharedMemory.Allocate<T>(MostWarps);
        value = WarpReduction.Reduce<TCombination, T>(value);
        if (Warp.LaneIdx == 0)
            shared[Warp.WarpIdx] = value;
        Group.Barrier();
        value = shared[0];
        for (var warp = 1; warp < Warps; warp++)
            value = TCombination.Combine(value, shared[warp]);

        // The next reduction must not overwrite what slower items still read.
        Group.Barrier();
        return value;
    }

    /// <summary>The combination of pairs over the group, in each of its items.</summary>
    /// <typeparam name="TCombination">How two pairs become one.</typeparam>
    /// <typeparam name="TFirst">The first number.</typeparam>
    /// <typeparam name="TSecond">The second number.</typeparam>
    /// <param name="value">This item's pair.</param>
    public static (TFirst First, TSecond Second) Reduce<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        var first = SharedMemory.Allocate<TFirst>(MostWarps);
        var second = SharedMemory.Allocate<TSecond>(MostWarps);
        value = WarpReduction.Reduce<TCombination, TFirst, TSecond>(value);
        if (Warp.LaneIdx == 0)
        {
            first[Warp.WarpIdx] = value.First;
            second[Warp.WarpIdx] = value.Second;
        }
        Group.Barrier();
        value = (first[0], second[0]);
        for (var warp = 1; warp < Warps; warp++)
            value = TCombination.Combine(value, (first[warp], second[warp]));
        Group.Barrier();
        return value;
    }

    private static int Warps => Group.DimX * Group.DimY * Group.DimZ / Warp.WarpSize;
}
