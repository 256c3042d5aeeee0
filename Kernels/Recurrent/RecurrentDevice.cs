using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>
/// The device bodies of <see cref="RecurrentKernel{TCell, T}"/>, whose arguments it has: for each step a matrix product, whose end does
/// the step of each unit of each sample; on a CPU-like device a launch of its own does it.
/// </summary>
internal readonly unsafe partial struct RecurrentDevice<TCell, TLane, T>(
    ArrayView<T> projected, ArrayView<T> kernel, ArrayView<T> bias, ArrayView<byte> mask, ArrayView<T> hidden, ArrayView<T> cells,
    ArrayView<T> kept, ArrayView<T> output, RecurrentSizes sizes)
    where TCell : struct, IRecurrentCell
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> projected = projected;
    private readonly ArrayView<byte> mask = mask;
    private readonly ArrayView<T> output = output;
    private readonly RecurrentSizes sizes = sizes;

    private readonly RecurrentStates<T> hidden = new(hidden, sizes);
    private readonly RecurrentStates<T> cells = new(cells, sizes);

    private long States => (long)sizes.Batch * sizes.Units;

    /// <summary>Queues the walk.</summary>
    public void Launch(ILauncher launcher)
    {
        if (States == 0)
            return;
        if (sizes.OutputSteps > 0 && (mask.Length > 0 || sizes.Steps == 0))
            launcher.Launch(States, First, this);
        var columns = TCell.Gates * sizes.Units;
        var isApart = launcher.Profile.IsCpuLike;
        var product = isApart
            ? new RepeatedProduct<TLane, T>(launcher, kernel, new(sizes.Batch, columns, sizes.Units))
            : new RepeatedProduct<TLane, T>(launcher, ByUnits(launcher, kernel), new(sizes.Batch, Pitch * sizes.Units, sizes.Units));
        var products = launcher.Scratch<T>((long)sizes.Batch * columns);
        // Without a gradient nothing is kept from step to step.
        var gates = kept.Length > 0 ? kept : launcher.Scratch<T>(States * TCell.Kept);
        for (var step = 0; step < sizes.Steps; step++)
        {
            var position = sizes.Position(step);
            var keptHere = kept.Length > 0 ? gates.SubView(position * States * TCell.Kept, States * TCell.Kept) : gates;
            var (states, one) = (hidden.At(sizes.StatesBefore(step)), new Step(this, products, keptHere, step));
            if (isApart)
            {
                product.Launch(states, bias, products);
                launcher.Launch(States, Element, one);
            }
            else
            {
                product.Launch(states, new StepEpilogue(one, bias));
            }
        }
        if (sizes.ReturnStates)
            launcher.Launch(States, Last, this);
    }

    /// <summary>What stands in the first row of the output until a step writes it.</summary>
    private static void First(Index1D index, RecurrentDevice<TCell, TLane, T> walk)
    {
        var (sample, unit) = walk.sizes.Place(index);
        *walk.Output(sample, 0, unit) = walk.mask.Length > 0 ? default : *walk.hidden.Pointer(walk.sizes.StatesBefore(0), sample, unit);
    }

    private static void Last(Index1D index, RecurrentDevice<TCell, TLane, T> walk)
    {
        var sizes = walk.sizes;
        var (sample, unit) = sizes.Place(index);
        var after = sizes.StatesBefore(sizes.Steps);
        *walk.Output(sample, sizes.OutputSteps, unit) = *walk.hidden.Pointer(after, sample, unit);
        if (TCell.States == 2)
            *walk.Output(sample, sizes.OutputSteps + 1, unit) = *walk.cells.Pointer(after, sample, unit);
    }

    private static void Element(Index1D index, Step step)
    {
        var (sample, unit) = step.Walk.sizes.Place(index);
        Element(sample, unit, step);
    }

    private static void Element(int sample, int unit, in Step step)
    {
        var (walk, sizes) = (step.Walk, step.Walk.sizes);
        var position = sizes.Position(step.Number);
        var (before, after) = (sizes.StatesBefore(step.Number), sizes.StatesBefore(step.Number + 1));
        T* hiddenBefore = walk.hidden.Pointer(before, sample, unit), cellBefore = walk.cells.Pointer(before, sample, unit);
        T* hidden = walk.hidden.Pointer(after, sample, unit), cell = walk.cells.Pointer(after, sample, unit);
        var target = walk.Output(sample, sizes.ReturnSequences ? step.Number : 0, unit);
        if (walk.mask.Length == 0 || walk.mask[(long)sample * sizes.Steps + position] != 0)
        {
            TCell.Step<TLane, TLane, T>(new()
            {
                Units = sizes.Units,
                Count = 1,
                Projected = walk.projected.Pointer + ((long)position * sizes.Batch + sample) * TCell.Gates * sizes.Units + unit,
                Product = step.Products.Pointer + (long)sample * TCell.Gates * sizes.Units + unit,
                HiddenBefore = hiddenBefore,
                CellBefore = cellBefore,
                Hidden = hidden,
                Cell = cell,
                Kept = step.Kept.Pointer + (long)sample * TCell.Kept * sizes.Units + unit,
            });
            if (sizes.ReturnSequences || walk.mask.Length > 0 || step.Number == sizes.Steps - 1)
                *target = *hidden;
            return;
        }
        *hidden = *hiddenBefore;
        if (TCell.States == 2)
            *cell = *cellBefore;
        if (sizes.ZeroMasked)
            *target = default;
        else if (sizes.ReturnSequences && step.Number > 0)
            *target = *(target - sizes.Units);
    }

    private T* Output(int sample, int row, int unit) => output.Pointer + ((long)sample * sizes.OutputRows + row) * sizes.Units + unit;

    /// <summary>One step of the walk.</summary>
    /// <param name="Walk">The walk.</param>
    /// <param name="Products">The products with the recurrent kernel <c>[batch, gates · units]</c>.</param>
    /// <param name="Kept">What the cell keeps <c>[batch, kept, units]</c>.</param>
    /// <param name="Number">Which step.</param>
    private readonly record struct Step(
        RecurrentDevice<TCell, TLane, T> Walk, ArrayView<T> Products, ArrayView<T> Kept, int Number);
}
