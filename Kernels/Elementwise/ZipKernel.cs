namespace GpuKeras.Kernels.Elementwise;

/// <summary>y = f(a, b) with NumPy broadcasting. <paramref name="y"/> may be the memory of an operand of the same shape.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="function">The function with its parameters.</param>
/// <param name="plan">How the operands, 0 and 1, are read for each element of the result.</param>
/// <param name="a">The first operand.</param>
/// <param name="b">The second operand.</param>
/// <param name="y">The result.</param>
public readonly unsafe struct ZipKernel<TFunction, T>(
    TFunction function, Broadcast plan, ArrayView<T> a, ArrayView<T> b, ArrayView<T> y)
    : IKernel, IRangeBody, ILaneBody, IBroadcastStep
    where TFunction : struct, IBinaryFunction
    where T : unmanaged
{
    private const int ChunkElements = 512;
    private const int ShortRow = 128;
    private const int TileElements = 1024;

    private readonly TFunction function = function;
    private readonly Broadcast plan = plan;
    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public static int Operands => 2;

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(a, b, y);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBroadcast<T, ZipKernel<TFunction, T>>(plan, y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, ZipKernel<TFunction, T>>(this, start, end);

    /// <inheritdoc/>
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        if (plan.InnerSize <= ShortRow && (plan.IsDense(0) && plan.IsRow(1) || plan.IsRow(0) && plan.IsDense(1)))
            Tiles<TLane, TElement>(start, end);
        // Rows shorter than two lanes would be mostly padding: their operands are written out first.
        else if (plan.Rank > 1 && plan.InnerSize < 2 * LaneTail.WidestRegister)
            Chunks<TLane, TElement>(start, end);
        else
            Rows<TLane, TElement>(start, end);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var first = at.First.Load<TLane, TElement>((TElement*)a.Pointer);
        var second = at.Second.Load<TLane, TElement>((TElement*)b.Pointer);
        function.Value(first, second).Store((TElement*)y.Pointer + index);
    }

    private void Rows<TLane, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (firstInner, secondInner) = (plan.IsInner(0), plan.IsInner(1));
        var (row, column) = Math.DivRem(start, plan.InnerSize);
        for (var i = start; i < end; row++, column = 0)
        {
            var count = Math.Min(end - i, plan.InnerSize - column);
            var first = (TElement*)a.Pointer + plan.Offset(row, 0) + (firstInner ? column : 0);
            var second = (TElement*)b.Pointer + plan.Offset(row, 1) + (secondInner ? column : 0);
            ZipLoop<TFunction, TLane, TElement>.Run(
                function, first, !firstInner, second, !secondInner, (TElement*)y.Pointer + i, count);
            i += count;
        }
    }

    private void Chunks<TLane, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[2 * ChunkElements];
        for (var i = start; i < end; i += ChunkElements)
        {
            var count = (int)Math.Min(end - i, ChunkElements);
            var first = plan.Gather((TElement*)a.Pointer, 0, i, count, buffer);
            var second = plan.Gather((TElement*)b.Pointer, 1, i, count, buffer + ChunkElements);
            ZipLoop<TFunction, TLane, TElement>.Run(function, first, false, second, false, (TElement*)y.Pointer + i, count);
        }
    }

    // A short row, such as a bias, is written out several times in a row, so that the inner loop is long.
    private void Tiles<TLane, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (rowIsFirst, columns) = (plan.IsRow(0), plan.InnerSize);
        var tileLength = TileElements / columns * columns;
        var tile = stackalloc TElement[TileElements];
        for (var i = 0; i < tileLength; i += columns)
            new ReadOnlySpan<TElement>(rowIsFirst ? a.Pointer : b.Pointer, columns).CopyTo(new Span<TElement>(tile + i, columns));
        var column = start % columns;
        for (var i = start; i < end; column = 0)
        {
            var count = Math.Min(end - i, tileLength - column);
            var first = rowIsFirst ? tile + column : (TElement*)a.Pointer + i;
            var second = rowIsFirst ? (TElement*)b.Pointer + i : tile + column;
            ZipLoop<TFunction, TLane, TElement>.Run(function, first, false, second, false, (TElement*)y.Pointer + i, count);
            i += count;
        }
    }
}
