using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>A walk over a sequence: at each step the product of the state with the recurrent kernel, and the cell.</summary>
/// <typeparam name="TCell">The cell.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="projected">The input's part of all steps, <c>[steps, batch, gates · units]</c>.</param>
/// <param name="kernel">The recurrent kernel <c>[units, gates · units]</c>.</param>
/// <param name="bias">A bias of the product <c>[gates · units]</c>; empty for none.</param>
/// <param name="mask">Which steps are real, <c>[batch, steps]</c>; empty for all. The others leave the states as they are.</param>
/// <param name="hidden">
/// h at all steps <c>[steps + 1, batch, units]</c>, as <see cref="RecurrentSizes.StatesBefore"/> orders them; the first states are given,
/// the others are written.
/// </param>
/// <param name="cells">c likewise; empty if the cell has none.</param>
/// <param name="kept">What the gradient needs, <c>[steps, batch, kept, units]</c>; empty if there is none to be computed.</param>
/// <param name="output">The outputs and last states <c>[batch, rows, units]</c>.</param>
/// <param name="sizes">The sizes.</param>
/// <remarks>
/// Samples do not depend on each other: a block of samples walks through all steps on one thread, with the recurrent kernel in that
/// core's cache, and no thread waits for another. A batch of one sample therefore runs on one thread.
/// </remarks>
public readonly unsafe struct RecurrentKernel<TCell, T>(
    ArrayView<T> projected,
    ArrayView<T> kernel,
    ArrayView<T> bias,
    ArrayView<byte> mask,
    ArrayView<T> hidden,
    ArrayView<T> cells,
    ArrayView<T> kept,
    ArrayView<T> output,
    RecurrentSizes sizes) : IKernel, ILaneBody
    where TCell : struct, IRecurrentCell
    where T : unmanaged
{
    private readonly ArrayView<T> projected = projected;
    private readonly ArrayView<T> kernel = kernel;
    private readonly ArrayView<T> bias = bias;
    private readonly ArrayView<byte> mask = mask;
    private readonly ArrayView<T> hidden = hidden;
    private readonly ArrayView<T> cells = cells;
    private readonly ArrayView<T> kept = kept;
    private readonly ArrayView<T> output = output;
    private readonly RecurrentSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => TCell.Name;

    /// <inheritdoc/>
    public void RunHost() => LaneDispatch.Run<T, RecurrentKernel<TCell, T>>(this, 0, sizes.Batch);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        if (typeof(T) == typeof(float))
            Device<FloatLane, float>().Launch(launcher);
        else
            Device<DoubleLane, double>().Launch(launcher);
    }

    private RecurrentDevice<TCell, TLane, TElement> Device<TLane, TElement>()
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        new(projected.Cast<TElement>(), kernel.Cast<TElement>(), bias.Cast<TElement>(), mask, hidden.Cast<TElement>(), cells.Cast<TElement>(),
            kept.Cast<TElement>(), output.Cast<TElement>(), sizes);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        nint units = sizes.Units, columns = TCell.Gates * units;
        var padded = PackedMatrix<TLane, TElement>.Padded(columns);
        var memory = HostScratch.Get<TElement>(HostScratch.Use.RecurrentWeights, (units + 1) * padded);
        var packed = new PackedMatrix<TLane, TElement>(memory + padded, units, columns);
        packed.Fill(StridedMatrix<TElement>.RowMajor((TElement*)kernel.Pointer, columns));
        for (nint j = 0; j < padded; j++)
            memory[j] = j < bias.Length ? ((TElement*)bias.Pointer)[j] : default;
        var walk = new RecurrentWalk<TCell, TLane, TScalar, TElement>(
            projected.Cast<TElement>(), packed, memory, mask, hidden.Cast<TElement>(), cells.Cast<TElement>(), kept.Cast<TElement>(),
            output.Cast<TElement>(), sizes);
        HostThreads.For(end - start, HostLoop.UnitsPerThread(2.0 * sizes.Steps * units * columns), walk);
    }
}
