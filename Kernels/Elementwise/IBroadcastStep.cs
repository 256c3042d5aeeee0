namespace GpuKeras.Kernels.Elementwise;

/// <summary>One element of a computation over broadcast operands, as devices run it.</summary>
public interface IBroadcastStep
{
    /// <summary>Computes and writes the element <paramref name="index"/> of the result.</summary>
    /// <typeparam name="TLane">One element as a lane.</typeparam>
    /// <typeparam name="TElement">The element type.</typeparam>
    /// <param name="index">The element of the result.</param>
    /// <param name="at">The operands' elements that it is computed from.</param>
    void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
