namespace GpuKeras.Kernels.Recurrent;

/// <summary>The walk of some samples through all steps, for one kind of register: see <see cref="RecurrentKernel{TCell, T}"/>.</summary>
/// <param name="kernel">The recurrent kernel <c>[units, gates · units]</c>.</param>
/// <param name="bias">What every product starts from, as wide as the padded kernel.</param>
internal readonly unsafe struct RecurrentWalk<TCell, TLane, TScalar, T>(
    ArrayView<T> projected,
    PackedMatrix<TLane, T> kernel,
    T* bias,
    ArrayView<byte> mask,
    ArrayView<T> hidden,
    ArrayView<T> cells,
    ArrayView<T> kept,
    ArrayView<T> output,
    RecurrentSizes sizes) : IRangeBody
    where TCell : struct, IRecurrentCell
    where TLane : struct, ILane<TLane, T>
    where TScalar : struct, ILane<TScalar, T>
    where T : unmanaged
{
    private readonly PackedMatrix<TLane, T> kernel = kernel;
    private readonly T* bias = bias;

    private nint Units => sizes.Units;

    /// <summary>Walks with samples <paramref name="start"/> to <paramref name="end"/>.</summary>
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
        // Rows of states lie a power of two apart more often than not, and would share the sets of the first-level cache.
        var stateStride = Units + LaneTail.WidestRegister;
        var products = kernel.PaddedColumns;
        var state = HostScratch.Get<T>(
            HostScratch.Use.RecurrentSteps, count * (stateStride + products) + TCell.Kept * Units);
        var product = state + count * stateStride;
        var scratch = product + count * products;
        for (nint i = 0; i < count && sizes.OutputSteps > 0; i++)
        {
            if (mask.Length > 0)
                HostRow<TLane, TScalar, T>.Clear(OutputRow(first + i, 0), Units);
            else
                HostRow<TLane, TScalar, T>.Copy(OutputRow(first + i, 0), StateRow(hidden, sizes.StatesBefore(0), first + i), Units);
        }
        for (var step = 0; step < sizes.Steps; step++)
        {
            for (nint i = 0; i < count; i++)
                HostRow<TLane, TScalar, T>.Copy(state + i * stateStride, StateRow(hidden, sizes.StatesBefore(step), first + i), Units);
            kernel.Multiply(new(state, stateStride, 1), count, bias, 0, product, products);
            for (nint i = 0; i < count; i++)
                Sample(step, first + i, product + i * products, scratch);
        }
        for (nint i = 0; i < count && sizes.ReturnStates; i++)
        {
            HostRow<TLane, TScalar, T>.Copy(
                OutputRow(first + i, sizes.OutputSteps), StateRow(hidden, sizes.StatesBefore(sizes.Steps), first + i), Units);
            if (TCell.States == 2)
            {
                HostRow<TLane, TScalar, T>.Copy(
                    OutputRow(first + i, sizes.OutputSteps + 1), StateRow(cells, sizes.StatesBefore(sizes.Steps), first + i), Units);
            }
        }
    }

    private void Sample(int step, nint sample, T* product, T* scratch)
    {
        var position = sizes.Position(step);
        var (before, after) = (sizes.StatesBefore(step), sizes.StatesBefore(step + 1));
        var row = position * (nint)sizes.Batch + sample;
        var numbers = new StepRow<T>
        {
            Units = Units,
            Count = Units,
            Projected = projected.Pointer + row * TCell.Gates * Units,
            Product = product,
            HiddenBefore = StateRow(hidden, before, sample),
            CellBefore = StateRow(cells, before, sample),
            Hidden = StateRow(hidden, after, sample),
            Cell = StateRow(cells, after, sample),
            Kept = kept.Length > 0 ? kept.Pointer + row * TCell.Kept * Units : scratch,
        };
        var target = OutputRow(sample, sizes.ReturnSequences ? step : 0);
        if (mask.Length == 0 || mask[(long)(sample * sizes.Steps + position)] != 0)
        {
            TCell.Step<TLane, TScalar, T>(numbers);
            if (sizes.ReturnSequences || mask.Length > 0 || step == sizes.Steps - 1)
                HostRow<TLane, TScalar, T>.Copy(target, numbers.Hidden, Units);
            return;
        }
        HostRow<TLane, TScalar, T>.Copy(numbers.Hidden, numbers.HiddenBefore, Units);
        if (TCell.States == 2)
            HostRow<TLane, TScalar, T>.Copy(numbers.Cell, numbers.CellBefore, Units);
        if (sizes.ZeroMasked)
            HostRow<TLane, TScalar, T>.Clear(target, Units);
        else if (sizes.ReturnSequences && step > 0)
            HostRow<TLane, TScalar, T>.Copy(target, target - Units, Units);
    }

    // Without a gradient there are only two places for states, used in turn.
    private T* StateRow(ArrayView<T> states, int place, nint sample)
    {
        var stride = (nint)sizes.Batch * Units;
        return states.Length > 2 * stride
            ? states.Pointer + place * stride + sample * Units
            : states.Pointer + (place & 1) * stride + sample * Units;
    }

    private T* OutputRow(nint sample, int row) => output.Pointer + (sample * sizes.OutputRows + row) * Units;
}
