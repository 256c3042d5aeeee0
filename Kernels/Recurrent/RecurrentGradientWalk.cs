namespace GpuKeras.Kernels.Recurrent;

/// <summary>
/// The way of some samples back through the steps, for one kind of register: see <see cref="RecurrentGradientKernel{TCell, T}"/>.
/// </summary>
/// <param name="kernel">The recurrent kernel, transposed: <c>[gates · units, units]</c>.</param>
internal readonly unsafe struct RecurrentGradientWalk<TCell, TLane, TScalar, T>(
    PackedMatrix<TLane, T> kernel,
    ArrayView<byte> mask,
    ArrayView<T> hidden,
    ArrayView<T> cells,
    ArrayView<T> kept,
    ArrayView<T> outputGradient,
    ArrayView<T> projectedGradient,
    ArrayView<T> productGradient,
    ArrayView<T> stateGradients,
    RecurrentSizes sizes) : IRangeBody
    where TCell : struct, IRecurrentCell
    where TLane : struct, ILane<TLane, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    private readonly PackedMatrix<TLane, T> kernel = kernel;
    private readonly ArrayView<byte> mask = mask;
    private readonly ArrayView<T> productGradient = productGradient;

    private nint Units => sizes.Units;

    private nint Columns => TCell.Gates * Units;

    private nint StateLength => sizes.Batch * Units;

    /// <summary>Goes back with samples <paramref name="start"/> to <paramref name="end"/>.</summary>
    public void Run(long start, long end)
    {
        for (var block = 0L; block < RecurrentBlock.Count(start, end); block++)
        {
            var (first, count) = RecurrentBlock.At(block, start, end);
            Block(first, count);
        }
    }

    private void Block(nint first, nint count)
    {
        // Of each sample: the gradients of h and c after the step, and of its output.
        var stride = kernel.PaddedColumns;
        var dh = HostScratch.Get<T>(HostScratch.Use.RecurrentSteps, 3 * count * stride);
        T* dc = dh + count * stride, dy = dc + count * stride;
        HostRow<TLane, TScalar, T>.Clear(dh, 3 * count * stride);
        for (nint i = 0; i < count && sizes.ReturnStates; i++)
        {
            HostRow<TLane, TScalar, T>.Copy(dh + i * stride, OutputRow(first + i, sizes.OutputSteps), Units);
            if (TCell.States == 2)
                HostRow<TLane, TScalar, T>.Copy(dc + i * stride, OutputRow(first + i, sizes.OutputSteps + 1), Units);
        }
        for (var step = sizes.Steps - 1; step >= 0; step--)
        {
            for (nint i = 0; i < count; i++)
                Sample(step, first + i, dh + i * stride, dc + i * stride, dy + i * stride);
            var product = productGradient.Pointer + (sizes.Position(step) * (nint)sizes.Batch + first) * Columns;
            kernel.Multiply(new(product, Columns, 1), count, dh, stride, dh, stride);
        }
        for (nint i = 0; i < count; i++)
        {
            var target = stateGradients.Pointer + (first + i) * Units;
            HostRow<TLane, TScalar, T>.Copy(target, dh + i * stride, Units);
            if (sizes.Steps == 0 && !sizes.ReturnSequences)
                HostRow<TLane, TScalar, T>.Add(target, OutputRow(first + i, 0), Units);
            if (TCell.States == 2)
                HostRow<TLane, TScalar, T>.Copy(target + StateLength, dc + i * stride, Units);
        }
    }

    private void Sample(int step, nint sample, T* dh, T* dc, T* dy)
    {
        var position = sizes.Position(step);
        var row = position * (nint)sizes.Batch + sample;
        var projected = projectedGradient.Pointer + row * Columns;
        var product = productGradient.Pointer + row * Columns;
        if (sizes.ReturnSequences || step == sizes.Steps - 1)
            HostRow<TLane, TScalar, T>.Add(dy, OutputRow(sample, sizes.ReturnSequences ? step : 0), Units);
        if (mask.Length > 0 && mask[(long)(sample * sizes.Steps + position)] == 0)
        {
            // The states were left as they were, and the output was that of the step before: what came for it goes on to there.
            if (sizes.ZeroMasked)
                HostRow<TLane, TScalar, T>.Clear(dy, Units);
            HostRow<TLane, TScalar, T>.Clear(projected, Columns);
            if (TCell.HasRecurrentGradient)
                HostRow<TLane, TScalar, T>.Clear(product, Columns);
            return;
        }
        HostRow<TLane, TScalar, T>.Add(dh, dy, Units);
        HostRow<TLane, TScalar, T>.Clear(dy, Units);
        var (before, after) = (sizes.StatesBefore(step) * StateLength, sizes.StatesBefore(step + 1) * StateLength);
        TCell.StepGradient<TLane, TScalar, T>(new()
        {
            Units = Units,
            Count = Units,
            Kept = kept.Pointer + row * TCell.Kept * Units,
            HiddenBefore = hidden.Pointer + before + sample * Units,
            CellBefore = cells.Pointer + before + sample * Units,
            Hidden = hidden.Pointer + after + sample * Units,
            HiddenGradient = dh,
            CellGradient = dc,
            ProjectedGradient = projected,
            ProductGradient = product,
        });
    }

    private T* OutputRow(nint sample, int row) => outputGradient.Pointer + (sample * sizes.OutputRows + row) * Units;
}
