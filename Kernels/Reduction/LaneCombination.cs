namespace GpuKeras.Kernels.Reduction;

/// <summary>A reduction's combination of single elements.</summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="TLane">One element as a lane.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal readonly struct LaneCombination<TReduction, TLane, TElement> : ICombination<TElement>
    where TReduction : struct, IReduction
    where TLane : struct, ILane<TLane, TElement>
    where TElement : unmanaged
{
    /// <inheritdoc/>
    public static TElement Combine(TElement a, TElement b) =>
        TReduction.Combine(TLane.Broadcast(a), TLane.Broadcast(b)).ToElement<TLane, TElement>();
}
