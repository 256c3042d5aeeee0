namespace GpuKeras.Kernels;

/// <summary>The body of a parallel loop that is compiled once for each lane type; <see cref="LaneDispatch"/> picks the widest.</summary>
public interface ILaneScalarBody
{
    /// <summary>Does the work of indices <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    /// <typeparam name="TLane">The widest register of <typeparamref name="TElement"/>.</typeparam>
    /// <typeparam name="TScalar">One element as a lane, for what does not fill a register.</typeparam>
    /// <typeparam name="TElement">The element type.</typeparam>
    void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
