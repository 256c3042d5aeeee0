using System.Runtime.CompilerServices;
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
    double epsilon) : IKernel, IRangeBody, ILaneBody, IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> beta = beta;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> inverse = inverse;
    private readonly T epsilon = LaneElement.Create<T>(epsilon);
    private readonly T count = LaneElement.Create<T>(columns);

    /// <inheritdoc/>
    public static string Name => "layer_norm";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(rows, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, columns)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => RowLoop<T, LayerNormKernel<T>>.Launch(launcher, this, rows, columns);

    /// <summary>Normalises some rows.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, LayerNormKernel<T>>(this, start, end);

    void ILaneBody.Run<TLane, TScalar, TElement>(long start, long end)
    {
        for (var row = start; row < end; row++)
            Row<ItemTeam, TLane, TScalar, TElement>(default, row);
    }

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row) => Row<TTeam, TLane, TScalar, TElement>(team, row);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
        where TTeam : struct, IRowTeam
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var source = (TElement*)x.Pointer + row * columns;
        var target = (TElement*)y.Pointer + row * columns;
        var scales = (TElement*)gamma.Pointer;
        var offsets = (TElement*)beta.Pointer;
        var number = TScalar.Broadcast(Unsafe.BitCast<T, TElement>(count));
        var center = TeamRow<TTeam, TLane, TScalar, TElement>.Sum(team, source, columns) / number;

        // The row is in cache: a second pass over the deviations is cheap and exact.
        var squares = TeamRow<TTeam, TLane, TScalar, TElement>.SumOfSquares(team, source, columns, center);
        var scale = TScalar.Create(1) / TScalar.Sqrt(squares / number + TScalar.Broadcast(Unsafe.BitCast<T, TElement>(epsilon)));
        if (team.Rank == 0)
        {
            center.Store((TElement*)mean.Pointer + row);
            scale.Store((TElement*)inverse.Pointer + row);
        }
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);
        var rowScale = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var i = TeamRow<TTeam, TLane, TScalar, TElement>.Start(team);
        for (; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
        {
            // Memory is idle while a row is summed: the next one is on its way by then.
            Prefetch.Read(source + columns + i);
            TLane.MultiplyAdd(
                (TLane.Load(source + i) - centers) * rowScale, TLane.Load(scales + i), TLane.Load(offsets + i)).Store(target + i);
        }
        for (; i < columns; i++)
            TScalar.MultiplyAdd(
                (TScalar.Load(source + i) - center) * scale, TScalar.Load(scales + i), TScalar.Load(offsets + i)).Store(target + i);
    }
}
