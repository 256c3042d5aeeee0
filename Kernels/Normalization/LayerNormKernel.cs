using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// Normalises rows: y = (x − mean) · inverse · gamma + beta; x, y <c>[rows, columns]</c>, gamma, beta <c>[columns]</c>, mean, inverse
/// <c>[rows]</c>.
/// </summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// mean and inverse = 1 / √(population variance + epsilon) are written for the gradient (Ba, Kiros, Hinton 2016). With an empty y only
/// they are.
/// </remarks>
public readonly unsafe struct LayerNormKernel<T>(
    ArrayView<T> x,
    ArrayView<T> gamma,
    ArrayView<T> beta,
    ArrayView<T> y,
    ArrayView<T> mean,
    ArrayView<T> inverse,
    long rows,
    long columns,
    double epsilon) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> beta = beta;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> inverse = inverse;

    /// <inheritdoc/>
    public static string Name => "layer_norm";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, LayerNormKernel<T>>.For(this, rows, columns);

    void IRowStep.Row<TLane, TScalar, TElement>(long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var target = (TElement*)y.Pointer + row * columns;
        var count = TScalar.Create(columns);
        var center = RowMath<TLane, TScalar, TElement>.Sum(source, columns) / count;

        // The row is in cache: a second pass over the deviations is cheap and exact.
        var variance = RowMath<TLane, TScalar, TElement>.SumOfSquares(source, columns, center) / count;
        var scale = TScalar.Create(1) / TScalar.Sqrt(variance + TScalar.Create(epsilon));
        center.Store((TElement*)mean.Pointer + row);
        scale.Store((TElement*)inverse.Pointer + row);
        if (y.Length > 0)
            Normalize<TLane, TScalar, TElement>(source, target, center, scale);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Normalize<TLane, TScalar, TElement>(TElement* source, TElement* target, TScalar center, TScalar scale)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var scales = (TElement*)gamma.Pointer;
        var offsets = (TElement*)beta.Pointer;
        var (centers, rowScale) = (RowMath<TLane, TScalar, TElement>.Broadcast(center), RowMath<TLane, TScalar, TElement>.Broadcast(scale));
        var i = 0L;
        for (; i + TLane.Count <= columns; i += TLane.Count)
            TLane.MultiplyAdd(
                (TLane.Load(source + i) - centers) * rowScale, TLane.Load(scales + i), TLane.Load(offsets + i)).Store(target + i);
        for (; i < columns; i++)
            TScalar.MultiplyAdd(
                (TScalar.Load(source + i) - center) * scale, TScalar.Load(scales + i), TScalar.Load(offsets + i)).Store(target + i);
    }
}
