using System.Numerics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Running products along a warp: what each item's elements are to be combined with, and what the next 32 start from.</summary>
internal static class WarpScan
{
    /// <summary>The product of <paramref name="carry"/> and the values of the items before this one; then that of all.</summary>
    public static (T Before, T Next) Products<T>(T value, T carry)
        where T : unmanaged, INumberBase<T>
    {
        var product = value;
        for (var distance = 1; distance < Warp.WarpSize; distance *= 2)
        {
            var other = Warp.ShuffleUp(product, distance);
            if (Warp.LaneIdx >= distance)
                product *= other;
        }
        var before = Warp.ShuffleUp(product, 1);
        return (Warp.LaneIdx == 0 ? carry : carry * before, carry * Warp.Shuffle(product, Warp.WarpSize - 1));
    }

    /// <summary>
    /// The pair (product, sum) that starts as <paramref name="carry"/> and that each item (x, u) in turn makes
    /// (product · x, sum · x + u · product): as it reaches this item, and as it leaves the last one.
    /// </summary>
    public static ((T Product, T Sum) Before, (T Product, T Sum) Next) Sums<T>(T x, T u, (T Product, T Sum) carry)
        where T : unmanaged, INumberBase<T>
    {
        // What the items up to this one do to (p, s): (p · product, s · product + p · sum).
        var (product, sum) = (x, u);
        for (var distance = 1; distance < Warp.WarpSize; distance *= 2)
        {
            var (otherProduct, otherSum) = (Warp.ShuffleUp(product, distance), Warp.ShuffleUp(sum, distance));
            if (Warp.LaneIdx >= distance)
                (product, sum) = (otherProduct * product, otherSum * product + otherProduct * sum);
        }
        var before = (Product: Warp.ShuffleUp(product, 1), Sum: Warp.ShuffleUp(sum, 1));
        var last = (Product: Warp.Shuffle(product, Warp.WarpSize - 1), Sum: Warp.Shuffle(sum, Warp.WarpSize - 1));
        return (Warp.LaneIdx == 0 ? carry : Apply(carry, before), Apply(carry, last));
    }

    private static (T Product, T Sum) Apply<T>((T Product, T Sum) pair, (T Product, T Sum) step)
        where T : unmanaged, INumberBase<T> => (pair.Product * step.Product, pair.Sum * step.Product + pair.Product * step.Sum);
}
