using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = x[i] in another number type.</summary>
/// <typeparam name="TSource">The argument's element type; bool is read as uint8.</typeparam>
/// <typeparam name="TTarget">The result's element type; for bool see <see cref="NonZeroKernel{T}"/>.</typeparam>
/// <param name="x">The argument, <c>[count]</c>.</param>
/// <param name="y">The result, <c>[count]</c>.</param>
/// <remarks>
/// Floating point to integer drops the fraction, is limited to the integer's range, and makes NaN 0. Integer to a narrower
/// integer keeps the low bits. To floating point rounds to the nearest.
/// </remarks>
public readonly unsafe struct CastKernel<TSource, TTarget>(ArrayView<TSource> x, ArrayView<TTarget> y) : IKernel, IRangeBody
    where TSource : unmanaged, INumberBase<TSource>
    where TTarget : unmanaged, INumberBase<TTarget>
{
    private readonly ArrayView<TSource> x = x;
    private readonly ArrayView<TTarget> y = y;

    /// <inheritdoc/>
    public static string Name => "cast";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.Launch(y.Length, Element, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        if (typeof(TSource) == typeof(byte) && typeof(TTarget) == typeof(float))
            BytesToFloats((byte*)x.Pointer + start, (float*)y.Pointer + start, end - start);
        else if (typeof(TSource) == typeof(float) || typeof(TSource) == typeof(double))
            Saturate(x.Pointer + start, y.Pointer + start, end - start);
        else
            Truncate(x.Pointer + start, y.Pointer + start, end - start);
    }

    private static void Element(Index1D i, CastKernel<TSource, TTarget> kernel) =>
        kernel.y[i] = NumberCast.Convert<TSource, TTarget>(kernel.x[i]);

    private static void Saturate(TSource* source, TTarget* target, long count)
    {
        for (long i = 0; i < count; i++)
            target[i] = TTarget.CreateSaturating(source[i]);
    }

    private static void Truncate(TSource* source, TTarget* target, long count)
    {
        for (long i = 0; i < count; i++)
            target[i] = TTarget.CreateTruncating(source[i]);
    }

    // Images arrive as bytes: 16 at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BytesToFloats(byte* source, float* target, long count)
    {
        long i = 0;
        for (; Vector128.IsHardwareAccelerated && i + 16 <= count; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.Load(source + i));
            StoreAsFloats(low, target + i);
            StoreAsFloats(high, target + i + 8);
        }
        for (; i < count; i++)
            target[i] = source[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreAsFloats(Vector128<ushort> values, float* target)
    {
        var (low, high) = Vector128.Widen(values);
        Vector128.ConvertToSingle(low.AsInt32()).Store(target);
        Vector128.ConvertToSingle(high.AsInt32()).Store(target + 4);
    }
}
