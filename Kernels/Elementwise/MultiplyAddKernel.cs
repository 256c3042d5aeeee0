using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y = a · b + c with NumPy broadcasting of all three, rounded once where the device can.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="plan">How a, b and c (operands 0, 1 and 2) are read for each element of the result.</param>
/// <param name="a">The first factor.</param>
/// <param name="b">The second factor.</param>
/// <param name="c">The addend.</param>
/// <param name="y">The result; it may be the memory of an operand of the same shape.</param>
public readonly unsafe struct MultiplyAddKernel<T>(Broadcast plan, ArrayView<T> a, ArrayView<T> b, ArrayView<T> c, ArrayView<T> y)
    : IKernel, IRangeBody, ILaneBody, IBroadcastStep
    where T : unmanaged
{
    private const int ChunkElements = 512;

    private readonly Broadcast plan = plan;
    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly ArrayView<T> c = c;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "multiply_add";

    /// <inheritdoc/>
    public static int Operands => 3;

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(a, b, c, y);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBroadcast<T, MultiplyAddKernel<T>>(plan, y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end) => LaneDispatch.Run<T, MultiplyAddKernel<T>>(this, start, end);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        var buffer = stackalloc TElement[3 * ChunkElements];
        for (var i = start; i < end; i += ChunkElements)
        {
            var count = (int)Math.Min(end - i, ChunkElements);
            var first = plan.Gather((TElement*)a.Pointer, 0, i, count, buffer);
            var second = plan.Gather((TElement*)b.Pointer, 1, i, count, buffer + ChunkElements);
            var third = plan.Gather((TElement*)c.Pointer, 2, i, count, buffer + 2 * ChunkElements);
            Chunk<TLane, TElement>(first, second, third, (TElement*)y.Pointer + i, count);
        }
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var first = at.First.Load<TLane, TElement>((TElement*)a.Pointer);
        var second = at.Second.Load<TLane, TElement>((TElement*)b.Pointer);
        var third = at.Third.Load<TLane, TElement>((TElement*)c.Pointer);
        TLane.MultiplyAdd(first, second, third).Store((TElement*)y.Pointer + index);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Chunk<TLane, TElement>(TElement* a, TElement* b, TElement* c, TElement* y, int count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var i = 0;
        for (; i + TLane.Count <= count; i += TLane.Count)
            TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), TLane.Load(c + i)).Store(y + i);
        if (i < count)
            Tail<TLane, TElement>(a + i, b + i, c + i, y + i, count - i);
    }

    // Never inlined: the loop's own registers stay its own.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Tail<TLane, TElement>(TElement* a, TElement* b, TElement* c, TElement* y, long count)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (first, second) = (LaneTail.Load<TLane, TElement>(a, count, default), LaneTail.Load<TLane, TElement>(b, count, default));
        LaneTail.Store(TLane.MultiplyAdd(first, second, LaneTail.Load<TLane, TElement>(c, count, default)), y, count);
    }
}
