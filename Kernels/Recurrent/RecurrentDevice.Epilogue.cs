using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Recurrent;

// The step at the end of the product: the columns of a unit's gates are neighbours there, so that one item has them all.
internal readonly unsafe partial struct RecurrentDevice<TCell, TLane, T>
{
    // Columns of each unit: those of a quad, unless there is only one gate.
    private static int Pitch => TCell.Gates == 1 ? 1 : Quad<T>.Count;

    /// <summary>The recurrent kernel in the order of the units: <c>[units, units, pitch]</c>, with zeros after the gates.</summary>
    private ArrayView<T> ByUnits(ILauncher launcher, ArrayView<T> kernel)
    {
        if (Pitch == 1)
            return kernel;
        var ordered = launcher.Scratch<T>((long)sizes.Units * sizes.Units * Pitch);
        launcher.Launch(ordered.Length, Order, new Ordering(kernel, ordered, sizes.Units));
        return ordered;
    }

    private static void Order(Index1D index, Ordering ordering)
    {
        var units = ordering.Units;
        var (gate, place) = (index.X % Pitch, index.X / Pitch);
        var (row, unit) = (place / units, place % units);
        ordering.Target[index.X] = gate < TCell.Gates ? ordering.Kernel[((long)row * TCell.Gates + gate) * units + unit] : default;
    }

    private readonly record struct Ordering(ArrayView<T> Kernel, ArrayView<T> Target, int Units);

    /// <summary>Leaves a unit's products where its step looks for them, and does the step.</summary>
    private readonly struct StepEpilogue(Step step, ArrayView<T> bias) : ITileEpilogue<T>
    {
        private readonly Step step = step;
        private readonly ArrayView<T> bias = bias;

        /// <inheritdoc/>
        public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
        {
            Put(row, column, sums.X);
            if (count > 1)
                Put(row, column + 1, sums.Y);
            if (count > 2)
                Put(row, column + 2, sums.Z);
            if (count > 3)
                Put(row, column + 3, sums.W);
            for (var unit = column / Pitch; unit * Pitch < column + count; unit++)
                Element(row, unit, step);
        }

        private void Put(int row, int column, T sum)
        {
            var gate = column % Pitch;
            if (gate >= TCell.Gates)
                return;
            var units = step.Walk.sizes.Units;
            var place = gate * units + column / Pitch;
            step.Products[(long)row * TCell.Gates * units + place] = bias.Length > 0 ? DeviceScalar.Add(bias[place], sum) : sum;
        }
    }
}
