using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>A reduction's numbers as elements, made on the host: a device may lack float64.</summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
internal readonly struct ReductionConstants<TReduction, T>
    where TReduction : struct, IReduction
    where T : unmanaged
{
    private readonly T identity;
    private readonly T count;
    private readonly bool finishes;

    /// <summary>The constants of a pass whose results are finished unless <paramref name="finishCount"/> is negative.</summary>
    public ReductionConstants(long finishCount)
    {
        identity = LaneElement.Create<T>(TReduction.Identity);
        count = LaneElement.Create<T>(finishCount);
        finishes = finishCount >= 0;
    }

    /// <summary>What changes nothing when combined.</summary>
    /// <typeparam name="TElement"><typeparamref name="T"/>.</typeparam>
    public TElement Identity<TElement>()
        where TElement : unmanaged => Unsafe.BitCast<T, TElement>(identity);

    /// <summary>The result, given the combination of all numbers; that itself in a pass that does not finish.</summary>
    public TLane Finish<TLane, TElement>(TLane total)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        finishes ? TReduction.Finish(total, TLane.Broadcast(Unsafe.BitCast<T, TElement>(count))) : total;
}
