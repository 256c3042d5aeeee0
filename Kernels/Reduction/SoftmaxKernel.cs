namespace GpuKeras.Kernels.Reduction;

/// <summary>y = exp(x − max) / Σ exp(x − max) over rows: x, y <c>[rows, columns]</c>; they may be the same memory.</summary>
/// <typeparam name="T">The element type, float32 or float64.</typeparam>
/// <remarks>A row that holds NaN or +∞ becomes NaN, as does a row of nothing but −∞.</remarks>
public readonly unsafe struct SoftmaxKernel<T>(ArrayView<T> x, ArrayView<T> y, long rows, long columns) : IKernel, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "softmax";

    /// <inheritdoc/>
    public void RunHost() => RowLoop<T, SoftmaxKernel<T>>.For(this, rows, columns);

    void IRowStep.Row<TLane, TScalar, TElement>(long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var target = (TElement*)y.Pointer + row * columns;
        var shift = RowMath<TLane, TScalar, TElement>.Shift(source, columns);
        var sum = RowMath<TLane, TScalar, TElement>.StoreExp(source, target, columns, shift);
        RowMath<TLane, TScalar, TElement>.Scale(target, columns, TScalar.Create(1) / sum);
    }
}
