namespace GpuKeras.Kernels;

/// <summary>An elementwise computation over one or several arrays, such as a function or an optimizer's update, for every device.</summary>
/// <remarks>
/// On a device (<see cref="DeviceLanes"/>) a lane is one element, four or sixteen, and the step is the body of an item. On the host
/// (<see cref="ElementLoop{T, TStep}"/>) a lane is a register, or an element where less than a register remains: there, arithmetic,
/// comparisons, square roots and powers only, which are the same in both. Functions that are polynomials in a register, such as the
/// exponential, have a host loop with <see cref="ILaneBody"/> and <see cref="LaneTail"/> beside the step.
/// </remarks>
public interface IElementStep
{
    /// <summary>
    /// Whether a device may give it <paramref name="width"/> neighbouring float32 as a lane, from a multiple of their number on: all its
    /// arrays are of one type and start where four can be moved at once (<see cref="DeviceLanes.AreAligned{T}"/>).
    /// </summary>
    bool IsWide(int width) => false;

    /// <summary>Reads, computes and writes the elements from <paramref name="index"/> that fill one <typeparamref name="TLane"/>.</summary>
    void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
