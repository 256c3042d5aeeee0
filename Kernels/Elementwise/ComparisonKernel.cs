namespace GpuKeras.Kernels.Elementwise;

/// <summary>y = f(a, b) with NumPy broadcasting, where f gives 1 for true and 0 for false; y is bool, one byte each.</summary>
/// <typeparam name="TFunction">The comparison.</typeparam>
/// <typeparam name="T">The operands' element type.</typeparam>
/// <param name="function">The comparison.</param>
/// <param name="plan">How the operands, 0 and 1, are read for each element of the result.</param>
/// <param name="a">The first operand.</param>
/// <param name="b">The second operand.</param>
/// <param name="y">The result: 0 or 1.</param>
public readonly unsafe struct ComparisonKernel<TFunction, T>(
    TFunction function, Broadcast plan, ArrayView<T> a, ArrayView<T> b, ArrayView<byte> y)
    : IKernel, IRangeBody, ILaneBody, IBroadcastStep
    where TFunction : struct, IBinaryFunction
    where T : unmanaged
{
    private const int ChunkElements = 512;

    private readonly TFunction function = function;
    private readonly Broadcast plan = plan;
    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly ArrayView<byte> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public static int Operands => 2;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBroadcast<T, ComparisonKernel<TFunction, T>>(plan, y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, ComparisonKernel<TFunction, T>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[3 * ChunkElements];
        var results = buffer + 2 * ChunkElements;
        for (var i = start; i < end; i += ChunkElements)
        {
            var count = (int)Math.Min(end - i, ChunkElements);
            var first = plan.Gather((TElement*)a.Pointer, 0, i, count, buffer);
            var second = plan.Gather((TElement*)b.Pointer, 1, i, count, buffer + ChunkElements);
            ZipLoop<TFunction, TLane, TElement>.Run(function, first, false, second, false, results, count);
            BoolBytes.FromNonZero((T*)results, y.Pointer + i, count);
        }
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var first = at.First.Load<TLane, TElement>((TElement*)a.Pointer);
        var second = at.Second.Load<TLane, TElement>((TElement*)b.Pointer);
        y[index] = BoolBytes.FromNonZero(function.Value(first, second));
    }
}
