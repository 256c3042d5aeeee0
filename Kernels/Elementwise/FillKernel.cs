namespace GpuKeras.Kernels.Elementwise;

/// <summary>y[i] = value.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="value">The value of every element.</param>
/// <param name="y">The result, <c>[count]</c>.</param>
public readonly unsafe struct FillKernel<T>(T value, ArrayView<T> y) : IKernel, IRangeBody
    where T : unmanaged
{
    private readonly T value = value;
    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "fill";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(y.Length, HostLoop.ElementsPerThread, this, HostLoop.Alignment);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.Launch(y.Length, Element, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        // A span is limited to 2³¹ − 1 elements, a part of the loop is not.
        for (var i = start; i < end; i += int.MaxValue)
            new Span<T>(y.Pointer + i, (int)Math.Min(end - i, int.MaxValue)).Fill(value);
    }

    private static void Element(Index1D i, FillKernel<T> kernel) => kernel.y[i] = kernel.value;
}
