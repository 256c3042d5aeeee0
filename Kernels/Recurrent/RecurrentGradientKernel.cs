using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>The gradient of <see cref="RecurrentKernel{TCell, T}"/>, back through the steps.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="kernel">The recurrent kernel <c>[units, gates · units]</c>.</param>
/// <param name="mask">Which steps are real, <c>[batch, steps]</c>; empty for all.</param>
/// <param name="hidden">h at all steps <c>[steps + 1, batch, units]</c>, as the walk wrote them.</param>
/// <param name="cells">c likewise; empty if the cell has none.</param>
/// <param name="kept">What the walk kept, <c>[steps, batch, kept, units]</c>.</param>
/// <param name="outputGradient">The gradient of the output <c>[batch, rows, units]</c>.</param>
/// <param name="projectedGradient">The gradient of the input's part, <c>[steps, batch, gates · units]</c>, to be written.</param>
/// <param name="productGradient">
/// That of the product with the recurrent kernel, likewise; the same memory if the cell does not tell them apart.
/// </param>
/// <param name="stateGradients">The gradients of the first states, <c>[states, batch, units]</c>, to be written.</param>
/// <param name="sizes">The sizes.</param>
/// <remarks>
/// The gradients of the recurrent kernel and its bias are sums over all steps of what is written here: one matrix product, and one sum.
/// </remarks>
public readonly unsafe struct RecurrentGradientKernel<TCell, T>(
    ArrayView<T> kernel,
    ArrayView<byte> mask,
    ArrayView<T> hidden,
    ArrayView<T> cells,
    ArrayView<T> kept,
    ArrayView<T> outputGradient,
    ArrayView<T> projectedGradient,
    ArrayView<T> productGradient,
    ArrayView<T> stateGradients,
    RecurrentSizes sizes) : IKernel, ILaneBody
    where TCell : struct, IRecurrentCell
    where T : unmanaged
{
    private readonly ArrayView<T> kernel = kernel;
    private readonly ArrayView<byte> mask = mask;
    private readonly ArrayView<T> hidden = hidden;
    private readonly ArrayView<T> cells = cells;
    private readonly ArrayView<T> kept = kept;
    private readonly ArrayView<T> outputGradient = outputGradient;
    private readonly ArrayView<T> projectedGradient = projectedGradient;
    private readonly ArrayView<T> productGradient = productGradient;
    private readonly ArrayView<T> stateGradients = stateGradients;
    private readonly RecurrentSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => TCell.Name + "_gradient";

    /// <inheritdoc/>
    public void RunHost() => LaneDispatch.Run<T, RecurrentGradientKernel<TCell, T>>(this, 0, sizes.Batch);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (typeof(T) == typeof(float))
            Device<FloatLane, float>().Launch(launcher);
        else
            Device<DoubleLane, double>().Launch(launcher);
    }

    private RecurrentGradientDevice<TCell, TLane, TElement> Device<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        new(kernel.Cast<TElement>(), mask, hidden.Cast<TElement>(), cells.Cast<TElement>(), kept.Cast<TElement>(),
            outputGradient.Cast<TElement>(), projectedGradient.Cast<TElement>(), productGradient.Cast<TElement>(),
            stateGradients.Cast<TElement>(), sizes);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        nint units = sizes.Units, columns = TCell.Gates * units;
        var memory = HostScratch.Get<TElement>(
            HostScratch.Use.RecurrentWeights, columns * PackedMatrix<TLane, TElement>.Padded(units));
        var packed = new PackedMatrix<TLane, TElement>(memory, columns, units);
        packed.Fill(StridedMatrix<TElement>.RowMajor((TElement*)kernel.Pointer, columns, transpose: true));
        var walk = new RecurrentGradientWalk<TCell, TLane, TScalar, TElement>(
            packed, mask, hidden.Cast<TElement>(), cells.Cast<TElement>(), kept.Cast<TElement>(), outputGradient.Cast<TElement>(),
            projectedGradient.Cast<TElement>(), productGradient.Cast<TElement>(), stateGradients.Cast<TElement>(), sizes);
        HostThreads.For(end - start, HostLoop.UnitsPerThread(2.0 * sizes.Steps * units * columns), walk);
    }
}
