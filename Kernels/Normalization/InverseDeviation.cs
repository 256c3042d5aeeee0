using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Normalization;

/// <summary>inverse = 1 / √(variance + epsilon).</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct InverseDeviation<T>(ArrayView<T> variance, ArrayView<T> inverse, T epsilon) : IElementStep
    where T : unmanaged
{
    /// <summary>The inverse deviations of the channels from <paramref name="channel"/> on that fill a register.</summary>
    public static TLane Of<TLane, TElement>(ArrayView<T> variance, long channel, T epsilon)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var sum = TLane.Load((TElement*)variance.Pointer + channel) + TLane.Broadcast(Unsafe.BitCast<T, TElement>(epsilon));
        return TLane.Create(1) / TLane.Sqrt(sum);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        Of<TLane, TElement>(variance, index, epsilon).Store((TElement*)inverse.Pointer + index);
}
