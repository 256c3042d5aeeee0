namespace GpuKeras.Kernels.Reduction;

/// <summary>Reduces the middle axis: x <c>[outer, reduced, inner]</c> → y <c>[outer, inner]</c>.</summary>
/// <typeparam name="TReduction">The reduction.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Any set of axes comes to this form by merging neighbours and moving the rest. The order of the additions depends on the shape
/// alone, never on the number of threads: a long axis is cut into fixed chunks whose results are combined in a tree.
/// </remarks>
public readonly unsafe struct ReduceKernel<TReduction, T>(ArrayView<T> x, ArrayView<T> y, long outer, long reduced, long inner) : IKernel
    where TReduction : struct, IReduction
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "reduce_" + TReduction.Name;

    /// <inheritdoc/>
    public void RunHost()
    {
        if (outer * inner == 0)
            return;
        var chunks = ReductionOrder.Chunks(outer, reduced, inner);
        if (chunks == 1)
        {
            ReduceBody<TReduction, T>.Run(x.Pointer, y.Pointer, outer, 1, reduced, inner, finishCount: reduced);
            return;
        }
        var partial = HostScratch.Get<T>(HostScratch.Use.PartialSums, (nint)(outer * chunks * inner));
        ReduceBody<TReduction, T>.Run(x.Pointer, partial, outer, chunks, reduced, inner, finishCount: -1);
        ReduceBody<TReduction, T>.Run(partial, y.Pointer, outer, 1, chunks, inner, finishCount: reduced);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => DeviceReduction<TReduction, T>.Run(launcher, x, y, outer, reduced, inner);
}
