namespace GpuKeras.Kernels;

/// <summary>The body of a parallel loop, written once for every register width.</summary>
internal interface ILaneRangeBody
{
    /// <summary>Does the work of indices <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    /// <typeparam name="TVector">The widest register that the processor has for the element type.</typeparam>
    /// <typeparam name="TScalar">One scalar, for what is left after whole registers.</typeparam>
    /// <typeparam name="TElement">The element type; the kernel's own type parameter under another name.</typeparam>
    void Run<TVector, TScalar, TElement>(long start, long end)
        where TVector : struct, ILane<TVector, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
