using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>inverse = 1 / √(variance + epsilon).</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct InverseDeviation<T>(ArrayView<T> variance, ArrayView<T> inverse, double epsilon) : IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> variance = variance;
    private readonly ArrayView<T> inverse = inverse;
    private readonly T epsilon = LaneElement.Create<T>(epsilon);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var sum = TLane.Load((TElement*)variance.Pointer + index) + TLane.Broadcast(Unsafe.BitCast<T, TElement>(epsilon));
        (TLane.Create(1) / TLane.Sqrt(sum)).Store((TElement*)inverse.Pointer + index);
    }
}
