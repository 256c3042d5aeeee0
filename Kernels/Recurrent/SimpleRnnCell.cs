using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras.Kernels.Recurrent;

/// <summary>h = tanh(x + h · U), x the input's part. Elman 1990.</summary>
public readonly unsafe struct SimpleRnnCell : IRecurrentCell
{
    /// <inheritdoc/>
    public static string Name => "simple_rnn";

    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static int States => 1;

    /// <inheritdoc/>
    public static int Kept => 0;

    /// <inheritdoc/>
    public static bool HasRecurrentGradient => false;

    /// <inheritdoc/>
    public static void Step<TLane, TScalar, T>(in StepRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged =>
        GateRow<TLane, TScalar, T>.MapSum<Tanh>(row.Projected, row.Product, row.Hidden, row.Count);

    /// <inheritdoc/>
    public static void StepGradient<TLane, TScalar, T>(in StepGradientRow<T> row)
        where TLane : struct, ILane<TLane, T>
        where TScalar : struct, ILane<TScalar, T>
        where T : unmanaged =>
        GateRow<TLane, TScalar, T>.Each(
            new Gradient(row.Hidden, row.HiddenGradient, row.ProjectedGradient), row.Count);

    private readonly struct Gradient(void* hidden, void* hiddenGradient, void* projectedGradient) : IElementStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Step<TLane, T>(long i)
            where TLane : struct, ILane<TLane, T>
            where T : unmanaged
        {
            var h = TLane.Load((T*)hidden + i);
            (TLane.Load((T*)hiddenGradient + i) * default(Tanh).Derivative(h, h)).Store((T*)projectedGradient + i);
            TLane.Create(0).Store((T*)hiddenGradient + i);
        }
    }
}
