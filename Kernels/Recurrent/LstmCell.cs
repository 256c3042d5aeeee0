using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>
/// With the sums of the input's part and h · U in the order i, f, g, o: c = σ(f) · c + σ(i) · tanh(g), h = σ(o) · tanh(c).
/// </summary>
/// <remarks>
/// Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000. Kept: the four gates and tanh(c).
/// </remarks>
public readonly unsafe struct LstmCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static string Name => "lstm";

    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static int States => 2;

    /// <inheritdoc/>
    public static int Kept => 5;

    /// <inheritdoc/>
    public static bool HasRecurrentGradient => false;

    /// <inheritdoc/>
    public static void Step<TLane, TScalar, T>(in StepRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged
    {
        var (units, count) = (row.Units, row.Count);
        T* x = row.Projected, product = row.Product, gates = row.Kept;
        GateRow<TLane, TScalar, T>.MapSum<Sigmoid>(x, product, gates, count);
        GateRow<TLane, TScalar, T>.MapSum<Sigmoid>(x + units, product + units, gates + units, count);
        GateRow<TLane, TScalar, T>.MapSum<Tanh>(x + 2 * units, product + 2 * units, gates + 2 * units, count);
        GateRow<TLane, TScalar, T>.MapSum<Sigmoid>(x + 3 * units, product + 3 * units, gates + 3 * units, count);
        GateRow<TLane, TScalar, T>.Each(new CellUpdate(units, gates, row.CellBefore, row.Cell), count);
        GateRow<TLane, TScalar, T>.Map<Tanh>(row.Cell, gates + 4 * units, count);
        GateRow<TLane, TScalar, T>.Each(new HiddenUpdate(units, gates, row.Hidden), count);
    }

    /// <inheritdoc/>
    public static void StepGradient<TLane, TScalar, T>(in StepGradientRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged =>
        GateRow<TLane, TScalar, T>.Each(
            new Gradient(row.Units, row.Kept, row.CellBefore, row.HiddenGradient, row.CellGradient, row.ProjectedGradient), row.Count);

    private readonly struct CellUpdate(long units, void* gates, void* before, void* after) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var gate = (T*)gates + i;
            TLane.MultiplyAdd(
                TLane.Load(gate + units), TLane.Load((T*)before + i), TLane.Load(gate) * TLane.Load(gate + 2 * units)).Store((T*)after + i);
        }
    }

    private readonly struct HiddenUpdate(long units, void* gates, void* hidden) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var gate = (T*)gates + i;
            (TLane.Load(gate + 3 * units) * TLane.Load(gate + 4 * units)).Store((T*)hidden + i);
        }
    }

    private readonly struct Gradient(long units, void* gates, void* before, void* hiddenGradient, void* cellGradient, void* gradient)
        : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long index)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var gate = (T*)gates + index;
            var (i, f, g) = (TLane.Load(gate), TLane.Load(gate + units), TLane.Load(gate + 2 * units));
            var (o, squashed) = (TLane.Load(gate + 3 * units), TLane.Load(gate + 4 * units));
            var dh = TLane.Load((T*)hiddenGradient + index);
            var dc = TLane.MultiplyAdd(
                dh * o, default(Tanh).Derivative(squashed, squashed), TLane.Load((T*)cellGradient + index));
            var target = (T*)gradient + index;
            (dc * g * default(Sigmoid).Derivative(i, i)).Store(target);
            (dc * TLane.Load((T*)before + index) * default(Sigmoid).Derivative(f, f)).Store(target + units);
            (dc * i * default(Tanh).Derivative(g, g)).Store(target + 2 * units);
            (dh * squashed * default(Sigmoid).Derivative(o, o)).Store(target + 3 * units);
            (dc * f).Store((T*)cellGradient + index);
            TLane.Create(0).Store((T*)hiddenGradient + index);
        }
    }
}
