using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>
/// Normalises rows: y = (x − mean) · inverse · gamma + beta; x, y <c>[rows, columns]</c>, gamma, beta <c>[columns]</c>, mean, inverse
/// <c>[rows]</c>.
/// </summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// mean and inverse = 1 / √(population variance + epsilon) are written for the gradient (Ba, Kiros, Hinton 2016).
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
    double epsilon) : IKernel, IRangeBody, ILaneBody
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
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, columns)), this);

    /// <summary>Normalises some rows.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, LayerNormKernel<T>>(this, start, end);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        for (var row = start; row < end; row++)
            Row<TLane, TScalar, TElement>(
                (TElement*)x.Pointer + row * columns, (TElement*)gamma.Pointer, (TElement*)beta.Pointer,
                (TElement*)y.Pointer + row * columns, columns, epsilon,
                (TElement*)mean.Pointer + row, (TElement*)inverse.Pointer + row);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Row<TLane, TScalar, TElement>(
        TElement* source, TElement* scales, TElement* offsets, TElement* target, long columns, double epsilon, TElement* mean,
        TElement* inverse)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var (count, whole) = (TScalar.Create(columns), columns - columns % TLane.Count);
        var (sum, second, i) = (TLane.Create(0), TLane.Create(0), 0L);
        for (; i + 2 * TLane.Count <= columns; i += 2 * TLane.Count)
        {
            sum += TLane.Load(source + i);
            second += TLane.Load(source + i + TLane.Count);
        }
        if (i < whole)
            sum += TLane.Load(source + i);
        var total = RowMath<TLane, TScalar, TElement>.Across<SumReduction>(sum + second);
        for (i = whole; i < columns; i++)
            total += TScalar.Load(source + i);
        var center = total / count;
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);

        // The row is in cache: a second pass over the deviations is cheap and exact.
        (sum, second, i) = (TLane.Create(0), TLane.Create(0), 0L);
        for (; i + 2 * TLane.Count <= columns; i += 2 * TLane.Count)
        {
            var (a, b) = (TLane.Load(source + i) - centers, TLane.Load(source + i + TLane.Count) - centers);
            sum = TLane.MultiplyAdd(a, a, sum);
            second = TLane.MultiplyAdd(b, b, second);
        }
        if (i < whole)
        {
            var a = TLane.Load(source + i) - centers;
            sum = TLane.MultiplyAdd(a, a, sum);
        }
        total = RowMath<TLane, TScalar, TElement>.Across<SumReduction>(sum + second);
        for (i = whole; i < columns; i++)
        {
            var a = TScalar.Load(source + i) - center;
            total = TScalar.MultiplyAdd(a, a, total);
        }
        var scale = TScalar.Create(1) / TScalar.Sqrt(total / count + TScalar.Create(epsilon));
        var rowScale = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        center.Store(mean);
        scale.Store(inverse);

        for (i = 0; i < whole; i += TLane.Count)
        {
            // Memory is idle while a row is summed: the next one is on its way by then.
            if (Sse.IsSupported)
                Sse.Prefetch0(source + columns + i);
            TLane.MultiplyAdd(
                (TLane.Load(source + i) - centers) * rowScale, TLane.Load(scales + i), TLane.Load(offsets + i)).Store(target + i);
        }
        for (; i < columns; i++)
            TScalar.MultiplyAdd(
                (TScalar.Load(source + i) - center) * scale, TScalar.Load(scales + i), TScalar.Load(offsets + i)).Store(target + i);
    }
}
