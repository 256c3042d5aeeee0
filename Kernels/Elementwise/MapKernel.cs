using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = f(x[i]). <paramref name="x"/> and <paramref name="y"/> may be the same memory.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
public readonly unsafe struct MapKernel<TFunction, T>(TFunction function, ArrayView<T> x, ArrayView<T> y) : IKernel, IRangeBody
    where TFunction : struct, IUnaryFunction
    where T : unmanaged
{
    private readonly TFunction function = function;
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => TFunction.Name;

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    [SkipLocalsInit]
    public void Run(long start, long end)
    {
        if (typeof(T) == typeof(float) && Vector512.IsHardwareAccelerated)
            Loop<FloatVector512, float>((float*)x.Pointer, (float*)y.Pointer, start, end);
        else if (typeof(T) == typeof(float) && Vector256.IsHardwareAccelerated)
            Loop<FloatVector256, float>((float*)x.Pointer, (float*)y.Pointer, start, end);
        else if (typeof(T) == typeof(float))
            Loop<FloatVector128, float>((float*)x.Pointer, (float*)y.Pointer, start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Loop<TLane, TElement>(TElement* source, TElement* target, long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var i = start;
        for (; i + 2 * TLane.Count <= end; i += 2 * TLane.Count)
        {
            var first = function.Value(TLane.Load(source + i));
            var second = function.Value(TLane.Load(source + i + TLane.Count));
            first.Store(target + i);
            second.Store(target + i + TLane.Count);
        }
        for (; i + TLane.Count <= end; i += TLane.Count)
            function.Value(TLane.Load(source + i)).Store(target + i);
    }
}
