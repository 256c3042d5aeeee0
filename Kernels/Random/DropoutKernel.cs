using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Random;

/// <summary>Dropout: y = x / (1 − rate) where the element's random number is at least <c>rate</c>, else 0.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// The gradient is the same kernel with the same key over dy: the mask is computed again instead of kept. A rate of 1 gives zeros.
/// Dropped elements are 0 even where x is NaN or infinite. <c>x</c> and <c>y</c> may be the same memory.
/// </remarks>
public readonly unsafe struct DropoutKernel<T>(PhiloxKey key, ArrayView<T> x, ArrayView<T> y, double rate) : IKernel, IGroupStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly DropoutMask mask = new(key, rate);

    /// <inheritdoc/>
    public static string Name => "dropout";

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<DropoutKernel<T>>.For(mask.Key, this, y.Length, Philox.GroupSize);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IGroupStep.Group(long group, uint* words)
    {
        var first = group * Philox.GroupSize;
        var count = (int)Math.Min(Philox.GroupSize, y.Length - first);
        mask.Keep(words, x.Pointer + first, y.Pointer + first, count, mask.Scale);
    }
}
