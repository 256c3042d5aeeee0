using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>
/// Combines a value of each item of a warp, pairwise. As with <see cref="Warp"/>, every item of the group must reach each call.
/// </summary>
public static class WarpReduction
{
    /// <summary>The combination over the warp, in each of its items.</summary>
    /// <typeparam name="TCombination">How two values become one.</typeparam>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="value">This item's value.</param>
    public static T Reduce<TCombination, T>(T value)
        where TCombination : struct, ICombination<T>
        where T : unmanaged
    {
        for (var distance = Warp.WarpSize / 2; distance > 0; distance /= 2)
            value = TCombination.Combine(value, Partner(value, distance));
        return value;
    }

    /// <summary>The combination of pairs over the warp, in each of its items.</summary>
    /// <typeparam name="TCombination">How two pairs become one.</typeparam>
    /// <typeparam name="TFirst">The first number.</typeparam>
    /// <typeparam name="TSecond">The second number.</typeparam>
    /// <param name="value">This item's pair.</param>
    public static (TFirst First, TSecond Second) Reduce<TCombination, TFirst, TSecond>((TFirst First, TSecond Second) value)
        where TCombination : struct, IPairCombination<TFirst, TSecond>
        where TFirst : unmanaged
        where TSecond : unmanaged
    {
        for (var distance = Warp.WarpSize / 2; distance > 0; distance /= 2)
            value = TCombination.Combine(value, (Partner(value.First, distance), Partner(value.Second, distance)));
        return value;
    }

    // No hardware shuffles single bytes.
    private static T Partner<T>(T value, int distance)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
            return Unsafe.BitCast<byte, T>((byte)Warp.ShuffleXor((int)Unsafe.BitCast<T, byte>(value), distance));
        return Warp.ShuffleXor(value, distance);
    }
}
