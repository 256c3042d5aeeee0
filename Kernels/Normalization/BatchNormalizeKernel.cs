using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Normalization;

/// <summary>y = (x − mean) · gamma / √(variance + epsilon) + beta: x, y <c>[rows, channels]</c>, the rest <c>[channels]</c>.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>x and y may be the same memory.</remarks>
public readonly unsafe struct BatchNormalizeKernel<T>(
    ArrayView<T> x,
    ArrayView<T> mean,
    ArrayView<T> variance,
    ArrayView<T> gamma,
    ArrayView<T> beta,
    ArrayView<T> y,
    long rows,
    long channels,
    double epsilon) : IKernel, IRangeBody, ILaneBody
    where T : unmanaged
{
    // Columns whose mean, scale and beta stay in registers and L1 while the rows pass by.
    private const int ColumnsPerPass = 1024;

    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> variance = variance;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> beta = beta;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "batch_normalize";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, channels)), this);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, BatchNormalizeKernel<T>>(this, start, end);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var scale = stackalloc TElement[ColumnsPerPass];
        for (var first = 0L; first < channels; first += ColumnsPerPass)
        {
            var columns = Math.Min(ColumnsPerPass, channels - first);
            for (var c = 0L; c < columns; c++)
            {
                var deviation = TScalar.Sqrt(TScalar.Load((TElement*)variance.Pointer + first + c) + TScalar.Create(epsilon));
                (TScalar.Load((TElement*)gamma.Pointer + first + c) / deviation).Store(scale + c);
            }
            for (var row = start; row < end; row++)
                Row<TLane, TScalar, TElement>(row * channels + first, first, columns, scale);
        }
    }

    private void Row<TLane, TScalar, TElement>(long position, long channel, long columns, TElement* scale)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var source = (TElement*)x.Pointer + position;
        var target = (TElement*)y.Pointer + position;
        var center = (TElement*)mean.Pointer + channel;
        var offset = (TElement*)beta.Pointer + channel;
        var i = 0L;
        for (; i + TLane.Count <= columns; i += TLane.Count)
            TLane.MultiplyAdd(
                TLane.Load(source + i) - TLane.Load(center + i), TLane.Load(scale + i), TLane.Load(offset + i)).Store(target + i);
        for (; i < columns; i++)
            TScalar.MultiplyAdd(
                TScalar.Load(source + i) - TScalar.Load(center + i), TScalar.Load(scale + i), TScalar.Load(offset + i)).Store(target + i);
    }
}
