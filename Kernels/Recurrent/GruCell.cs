using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>
/// With the input's part x and the product d = h · U + bias, both in the order z, r, g: g = tanh(x + σ(r) · d),
/// h = σ(z) · h + (1 − σ(z)) · g: the reset gate acts after the product, as cuDNN does it.
/// </summary>
/// <remarks>Cho et al. 2014. Kept: the three gates and d of the candidate g.</remarks>
public readonly unsafe struct GruCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static string Name => "gru";

    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static int Kept => 4;

    /// <inheritdoc/>
    public static bool HasRecurrentGradient => true;

    /// <inheritdoc/>
    public static void Step<TLane, TScalar, T>(in StepRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged
    {
        var (units, count) = (row.Units, row.Count);
        T* x = row.Projected, d = row.Product, gates = row.Kept;
        GateRow<TLane, TScalar, T>.MapSum<Sigmoid>(x, d, gates, count);
        GateRow<TLane, TScalar, T>.MapSum<Sigmoid>(x + units, d + units, gates + units, count);
        GateRow<TLane, TScalar, T>.Each(new Reset(units, gates, d + 2 * units), count);
        GateRow<TLane, TScalar, T>.MapSum<Tanh>(x + 2 * units, d + 2 * units, gates + 2 * units, count);
        GateRow<TLane, TScalar, T>.Each(new Mix(units, gates, row.HiddenBefore, row.Hidden), count);
    }

    /// <inheritdoc/>
    public static void StepGradient<TLane, TScalar, T>(in StepGradientRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged =>
        GateRow<TLane, TScalar, T>.Each(
            new Gradient(row.Units, row.Kept, row.HiddenBefore, row.HiddenGradient, row.ProjectedGradient, row.ProductGradient), row.Count);

    /// <summary>Keeps the candidate's d and multiplies it by r in place.</summary>
    private readonly struct Reset(long units, void* gates, void* product) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var d = TLane.Load((T*)product + i);
            d.Store((T*)gates + 3 * units + i);
            (d * TLane.Load((T*)gates + units + i)).Store((T*)product + i);
        }
    }

    private readonly struct Mix(long units, void* gates, void* before, void* after) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var (z, g) = (TLane.Load((T*)gates + i), TLane.Load((T*)gates + 2 * units + i));
            TLane.MultiplyAdd(z, TLane.Load((T*)before + i), (TLane.Create(1) - z) * g).Store((T*)after + i);
        }
    }

    private readonly struct Gradient(
        long units, void* gates, void* before, void* hiddenGradient, void* projectedGradient, void* productGradient) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var gate = (T*)gates + i;
            var (z, r) = (TLane.Load(gate), TLane.Load(gate + units));
            var (g, d) = (TLane.Load(gate + 2 * units), TLane.Load(gate + 3 * units));
            var dh = TLane.Load((T*)hiddenGradient + i);
            var dg = dh * (TLane.Create(1) - z) * default(Tanh).Derivative(g, g);
            var dr = dg * d * default(Sigmoid).Derivative(r, r);
            var dz = dh * (TLane.Load((T*)before + i) - g) * default(Sigmoid).Derivative(z, z);
            T* projected = (T*)projectedGradient + i, product = (T*)productGradient + i;
            dz.Store(projected);
            dz.Store(product);
            dr.Store(projected + units);
            dr.Store(product + units);
            dg.Store(projected + 2 * units);
            (dg * r).Store(product + 2 * units);
            (dh * z).Store((T*)hiddenGradient + i);
        }
    }
}
