namespace GpuKeras.Kernels.Elementwise;

/// <summary>A computation over broadcast operands, as devices run it; see <see cref="IElementStep"/>.</summary>
public interface IBroadcastStep
{
    /// <summary>How many operands there are: two or three.</summary>
    static abstract int Operands { get; }

    /// <inheritdoc cref="IElementStep.IsWide"/>
    bool IsWide(int width) => false;

    /// <summary>Computes and writes the elements from <paramref name="index"/> that fill one <typeparamref name="TLane"/>.</summary>
    /// <typeparam name="TLane">The lane to compute with.</typeparam>
    /// <typeparam name="TElement">The element type.</typeparam>
    /// <param name="index">The first element of the result.</param>
    /// <param name="at">The operands' elements that it is computed from.</param>
    void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
