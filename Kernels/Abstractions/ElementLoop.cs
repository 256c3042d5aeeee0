using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels;

/// <summary>Runs an <see cref="IElementStep"/> over all elements: registers, then single elements, split over the host's threads.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TStep">The computation.</typeparam>
/// <remarks>Single elements get the bits that a register gives as long as steps keep to what <see cref="IElementStep"/> allows.</remarks>
public readonly struct ElementLoop<T, TStep>(TStep step) : IRangeBody, ILaneBody
    where T : unmanaged
    where TStep : struct, IElementStep
{
    private readonly TStep step = step;

    /// <summary>Runs <paramref name="step"/> for the elements 0 … <paramref name="length"/> − 1.</summary>
    public static void For(in TStep step, long length) =>
        HostThreads.For(length, HostLoop.ElementsPerThread, new ElementLoop<T, TStep>(step), HostLoop.Alignment);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, ElementLoop<T, TStep>>(this, start, end);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        // A local, because a call on a read-only field of unknown type copies the struct each time.
        var local = step;
        var i = start;
        for (; i + TLane.Count <= end; i += TLane.Count)
            local.Step<TLane, TElement>(i);
        for (; i < end; i++)
            local.Step<TScalar, TElement>(i);
    }
}
