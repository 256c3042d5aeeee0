using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y = condition ? a : b with NumPy broadcasting of all three. Values are copied bit by bit, NaN included.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="plan">How condition, a and b (operands 0, 1 and 2) are read for each element of the result.</param>
/// <param name="condition">bool: any byte but 0 is true.</param>
/// <param name="a">The values where the condition holds.</param>
/// <param name="b">The values elsewhere.</param>
/// <param name="y">The result.</param>
public readonly unsafe struct WhereKernel<T>(
    Broadcast plan, ArrayView<byte> condition, ArrayView<T> a, ArrayView<T> b, ArrayView<T> y)
    : IKernel, IRangeBody, IBroadcastStep
    where T : unmanaged
{
    private const int ChunkElements = 512;

    private readonly Broadcast plan = plan;
    private readonly ArrayView<byte> condition = condition;
    private readonly ArrayView<T> a = a;
    private readonly ArrayView<T> b = b;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "where";

    /// <inheritdoc/>
    public static int Operands => 3;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBroadcast<T, WhereKernel<T>>(plan, y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        var conditionBuffer = stackalloc byte[ChunkElements];
        var buffer = stackalloc T[2 * ChunkElements];
        for (var i = start; i < end; i += ChunkElements)
        {
            var count = (int)Math.Min(end - i, ChunkElements);
            var chosen = plan.Gather(condition.Pointer, 0, i, count, conditionBuffer);
            var first = plan.Gather(a.Pointer, 1, i, count, buffer);
            var second = plan.Gather(b.Pointer, 2, i, count, buffer + ChunkElements);
            Select(chosen, first, second, y.Pointer + i, count);
        }
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index, OperandPositions at)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        y[index] = condition[(long)at.First.Index] != 0 ? a[(long)at.Second.Index] : b[(long)at.Third.Index];

    private static void Select(byte* chosen, T* a, T* b, T* target, int count)
    {
        if (sizeof(T) == sizeof(uint))
            SelectWords(chosen, (uint*)a, (uint*)b, (uint*)target, count);
        else if (sizeof(T) == sizeof(ulong))
            SelectBits(chosen, (ulong*)a, (ulong*)b, (ulong*)target, count);
        else
            SelectBits(chosen, (byte*)a, (byte*)b, (byte*)target, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectWords(byte* chosen, uint* a, uint* b, uint* target, int count)
    {
        var i = 0;
        for (; Vector128.IsHardwareAccelerated && i + 16 <= count; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(chosen + i));
            SelectEight(low, a + i, b + i, target + i);
            SelectEight(high, a + i + 8, b + i + 8, target + i + 8);
        }
        SelectBits(chosen + i, a + i, b + i, target + i, count - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SelectEight(Vector128<ushort> chosen, uint* a, uint* b, uint* target)
    {
        var (low, high) = Vector128.Widen(chosen);
        SelectFour(low, a, b).Store(target);
        SelectFour(high, a + 4, b + 4).Store(target + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> SelectFour(Vector128<uint> chosen, uint* a, uint* b) =>
        Vector128.ConditionalSelect(Vector128.Equals(chosen, Vector128<uint>.Zero), Vector128.Load(b), Vector128.Load(a));

    // Masks instead of a branch, which random conditions would mispredict.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectBits<TBits>(byte* chosen, TBits* a, TBits* b, TBits* target, int count)
        where TBits : unmanaged, IBinaryInteger<TBits>
    {
        for (var i = 0; i < count; i++)
        {
            // A non-zero byte minus one has no bit above the lowest eight; zero minus one is all ones.
            var otherwise = TBits.CreateTruncating((chosen[i] - 1) >> 8);
            target[i] = (b[i] & otherwise) | (a[i] & ~otherwise);
        }
    }
}
