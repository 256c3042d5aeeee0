using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Rows with a single 1: y[i, indices[i]] = 1, the rest 0; indices <c>[count]</c> → y <c>[count, classes]</c>.</summary>
/// <typeparam name="T">The element type of y.</typeparam>
/// <typeparam name="TIndex">The element type of the indices.</typeparam>
/// <remarks>An index outside 0 … classes − 1 gives a row of zeros, as in Keras.</remarks>
public readonly struct OneHotKernel<T, TIndex>(ArrayView<TIndex> indices, ArrayView<T> y, long classes) : IKernel, IRangeBody
    where T : unmanaged, INumberBase<T>
    where TIndex : unmanaged, IBinaryInteger<TIndex>
{
    private readonly ArrayView<TIndex> indices = indices;
    private readonly ArrayView<T> y = y;
    private readonly long classes = classes;

    /// <inheritdoc/>
    public static string Name => "one_hot";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(indices.Length, Math.Max(1, HostLoop.ElementsPerThread / Math.Max(1, classes)), this);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.Launch(y.Length, Element, this);

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        y.SubView(start * classes, (end - start) * classes).Span.Clear();
        for (var row = start; row < end; row++)
        {
            var index = long.CreateTruncating(indices[row]);
            if ((ulong)index < (ulong)classes)
                y[row * classes + index] = T.One;
        }
    }

    private static void Element(Index1D i, OneHotKernel<T, TIndex> kernel)
    {
        var classes = (uint)kernel.classes;
        var row = (uint)i.X / classes;
        var column = (uint)i.X - row * classes;
        kernel.y[i] = IndexValue.Of(kernel.indices[(long)row]) == column ? T.One : T.Zero;
    }
}
