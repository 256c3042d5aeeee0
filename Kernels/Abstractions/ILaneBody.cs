namespace GpuKeras.Kernels;

/// <summary>A loop that is written once and compiled for each lane type; <see cref="LaneDispatch"/> picks the widest.</summary>
public interface ILaneBody
{
    /// <summary>Does the work of indices <paramref name="start"/> (included) to <paramref name="end"/> (excluded).</summary>
    /// <typeparam name="TLane">The widest register of <typeparamref name="TElement"/>.</typeparam>
    /// <typeparam name="TScalar">One element as a lane, for single values such as a row's sum.</typeparam>
    /// <typeparam name="TElement">The element type, the same as that of the kernel's views.</typeparam>
    /// <remarks>
    /// <typeparamref name="TScalar"/> gives a register's bits for arithmetic and the square root, not for exponentials and the
    /// like: what such functions leave over goes through <see cref="LaneTail"/>.
    /// </remarks>
    void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
