namespace GpuKeras.Kernels;

/// <summary>An elementwise computation over several arrays at once, such as an optimizer's update.</summary>
/// <remarks>
/// Arithmetic, comparisons, square roots and powers only: these are the same in a register and in a single element. Functions
/// that are polynomials in a register, such as the exponential, are for <see cref="ILaneBody"/> with <see cref="LaneTail"/>.
/// </remarks>
public interface IElementStep
{
    /// <summary>Reads, computes and writes the elements from <paramref name="index"/> that fill one <typeparamref name="TLane"/>.</summary>
    void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
