using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = value.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="value">The value of every element.</param>
/// <param name="y">The result, <c>[count]</c>.</param>
public readonly unsafe struct FillKernel<T>(T value, ArrayView<T> y) : IKernel, IRangeBody, IElementStep
    where T : unmanaged
{
    private readonly T value = value;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "fill";

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(y);

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, FillKernel<T>>(y.Length, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        // A span is limited to 2³¹ − 1 elements, a part of the loop is not.
        for (var i = start; i < end; i += int.MaxValue)
            new Span<T>(y.Pointer + i, (int)Math.Min(end - i, int.MaxValue)).Fill(value);
    }

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged =>
        TLane.Broadcast(Unsafe.BitCast<T, TElement>(value)).Store((TElement*)y.Pointer + index);
}
