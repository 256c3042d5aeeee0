using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>
/// The device bodies of <see cref="RecurrentGradientKernel{TCell, T}"/>, whose arguments it has: for each step, from the last to the
/// first, the gradients of each unit of each sample, and a matrix product. The product's end does the next step's units; on a CPU-like
/// device a launch of its own does them.
/// </summary>
internal readonly unsafe struct RecurrentGradientDevice<TCell, TLane, T>(
    ArrayView<T> kernel, ArrayView<byte> mask, ArrayView<T> hidden, ArrayView<T> cells, ArrayView<T> kept, ArrayView<T> outputGradient,
    ArrayView<T> projectedGradient, ArrayView<T> productGradient, ArrayView<T> stateGradients, RecurrentSizes sizes)
    where TCell : struct, IRecurrentCell
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<byte> mask = mask;
    private readonly ArrayView<T> kept = kept;
    private readonly ArrayView<T> outputGradient = outputGradient;
    private readonly ArrayView<T> projectedGradient = projectedGradient;
    private readonly ArrayView<T> productGradient = productGradient;
    private readonly ArrayView<T> stateGradients = stateGradients;
    private readonly RecurrentSizes sizes = sizes;

    private readonly RecurrentStates<T> hidden = new(hidden, sizes);
    private readonly RecurrentStates<T> cells = new(cells, sizes);

    private long States => (long)sizes.Batch * sizes.Units;

    /// <summary>Queues the way back.</summary>
    public void Launch(ILauncher launcher)
    {
        if (States == 0)
            return;
        var columns = TCell.Gates * sizes.Units;
        var product = new RepeatedProduct<TLane, T>(launcher, kernel, new(sizes.Batch, sizes.Units, columns, TransposeB: true));
        // The gradients of h and c after the step, and of the step's output.
        var gradients = launcher.Scratch<T>(3 * States);
        var step = new Step(
            this, gradients.SubView(0, States), gradients.SubView(States, States), gradients.SubView(2 * States, States), sizes.Steps);
        launcher.Launch(States, First, step);
        var isApart = launcher.Profile.IsCpuLike;
        for (var number = sizes.Steps - 1; number >= 0; number--)
        {
            if (isApart || number == sizes.Steps - 1)
                launcher.Launch(States, Element, step with { Number = number });
            var gates = productGradient.SubView((long)sizes.Position(number) * sizes.Batch * columns, (long)sizes.Batch * columns);
            if (isApart)
                product.Launch(gates, default, step.Hidden, accumulate: true);
            else
                product.Launch(gates, new StepEpilogue(step with { Number = number - 1 }));
        }
        launcher.Launch(States, Last, step);
    }

    private static void First(Index1D index, Step step)
    {
        var (walk, sizes) = (step.Walk, step.Walk.sizes);
        var (sample, unit) = sizes.Place(index);
        step.Hidden[index.X] = sizes.ReturnStates ? *walk.Output(sample, sizes.OutputSteps, unit) : default;
        step.Cell[index.X] = sizes.ReturnStates && TCell.States == 2 ? *walk.Output(sample, sizes.OutputSteps + 1, unit) : default;
        step.Output[index.X] = default;
    }

    private static void Last(Index1D index, Step step)
    {
        var (walk, sizes) = (step.Walk, step.Walk.sizes);
        var (sample, unit) = sizes.Place(index);
        var gradient = TLane.Load(step.Hidden.Pointer + index.X);
        if (sizes.Steps == 0 && !sizes.ReturnSequences)
            gradient += TLane.Load(walk.Output(sample, 0, unit));
        gradient.Store(walk.stateGradients.Pointer + index.X);
        if (TCell.States == 2)
            walk.stateGradients[walk.States + index.X] = step.Cell[index.X];
    }

    private static void Element(Index1D index, Step step)
    {
        var (sample, unit) = step.Walk.sizes.Place(index);
        Element(sample, unit, step);
    }

    private static void Element(int sample, int unit, in Step step)
    {
        var (walk, sizes) = (step.Walk, step.Walk.sizes);
        var index = (long)sample * sizes.Units + unit;
        var position = sizes.Position(step.Number);
        var row = (long)position * sizes.Batch + sample;
        var place = row * TCell.Gates * sizes.Units + unit;
        var output = TLane.Load(step.Output.Pointer + index);
        if (sizes.ReturnSequences || step.Number == sizes.Steps - 1)
            output += TLane.Load(walk.Output(sample, sizes.ReturnSequences ? step.Number : 0, unit));
        if (walk.mask.Length > 0 && walk.mask[(long)sample * sizes.Steps + position] == 0)
        {
            // The states were left as they were, and the output was that of the step before: what came for it goes on to there.
            if (sizes.ZeroMasked)
                output = TLane.Create(0);
            output.Store(step.Output.Pointer + index);
            for (var gate = 0; gate < TCell.Gates; gate++)
            {
                walk.projectedGradient[place + (long)gate * sizes.Units] = default;
                if (TCell.HasRecurrentGradient)
                    walk.productGradient[place + (long)gate * sizes.Units] = default;
            }
            return;
        }
        step.Output[index] = default;
        (TLane.Load(step.Hidden.Pointer + index) + output).Store(step.Hidden.Pointer + index);
        var (before, after) = (sizes.StatesBefore(step.Number), sizes.StatesBefore(step.Number + 1));
        TCell.StepGradient<TLane, TLane, T>(new()
        {
            Units = sizes.Units,
            Count = 1,
            Kept = walk.kept.Pointer + row * TCell.Kept * sizes.Units + unit,
            HiddenBefore = walk.hidden.Pointer(before, sample, unit),
            CellBefore = walk.cells.Pointer(before, sample, unit),
            Hidden = walk.hidden.Pointer(after, sample, unit),
            HiddenGradient = step.Hidden.Pointer + index,
            CellGradient = step.Cell.Pointer + index,
            ProjectedGradient = walk.projectedGradient.Pointer + place,
            ProductGradient = walk.productGradient.Pointer + place,
        });
    }

    private T* Output(int sample, int row, int unit) =>
        outputGradient.Pointer + ((long)sample * sizes.OutputRows + row) * sizes.Units + unit;

    /// <summary>One step of the way back.</summary>
    /// <param name="Walk">The walk.</param>
    /// <param name="Hidden">The gradient of h after the step, then before it, <c>[batch, units]</c>.</param>
    /// <param name="Cell">That of c.</param>
    /// <param name="Output">What has come for the output of this step.</param>
    /// <param name="Number">Which step.</param>
    private readonly record struct Step(
        RecurrentGradientDevice<TCell, TLane, T> Walk, ArrayView<T> Hidden, ArrayView<T> Cell, ArrayView<T> Output, int Number);

    /// <summary>Adds what the product gives to the gradient of h, and does the step before with it, if there is one.</summary>
    private readonly struct StepEpilogue(Step step) : ITileEpilogue<T>
    {
        private readonly Step step = step;

        /// <inheritdoc/>
        public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
        {
            var place = (long)row * step.Walk.sizes.Units + column;
            Add(place, sums.X);
            if (count > 1)
                Add(place + 1, sums.Y);
            if (count > 2)
                Add(place + 2, sums.Z);
            if (count > 3)
                Add(place + 3, sums.W);
            for (var i = 0; i < count && step.Number >= 0; i++)
                Element(row, column + i, step);
        }

        private void Add(long place, T sum) => step.Hidden[place] = DeviceScalar.Add(step.Hidden[place], sum);
    }
}
