using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Pooling;

/// <summary>The maximum of every window, and where it was.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="x">The input <c>[batch, height, width, channels]</c>.</param>
/// <param name="y">The maxima <c>[batch, output height, output width, channels]</c>; empty if not wanted.</param>
/// <param name="positions">For each maximum, the pixel of its image that it came from: row · width + column; empty if not wanted.</param>
/// <param name="sizes">All sizes. Every window must hold at least one input pixel.</param>
/// <remarks>NaN counts as larger than any number. Among equals the first in row-major order wins; among NaNs, the last.</remarks>
public readonly unsafe struct MaxPoolKernel<T>(ArrayView<T> x, ArrayView<T> y, ArrayView<int> positions, PoolingSizes sizes)
    : IKernel, IRangeBody, ILaneBody
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<int> positions = positions;
    private readonly PoolingSizes sizes = sizes;

    /// <inheritdoc/>
    public static string Name => "max_pool2d";

    /// <inheritdoc/>
    public void RunHost() => HostThreads.For(sizes.OutputRows, sizes.RowsPerThread, this);

    /// <summary>Computes rows <paramref name="start"/> to <paramref name="end"/> of the output, numbered across the batch.</summary>
    public void Run(long start, long end) => LaneDispatch.Run<T, MaxPoolKernel<T>>(this, start, end);

    void ILaneBody.Run<TVector, TScalar, TElement>(long start, long end)
    {
        var channels = (nint)sizes.Channels;
        for (var row = start; row < end; row++)
        {
            var (image, outputRow) = Math.DivRem(row, sizes.OutputHeight);
            var source = (TElement*)x.Pointer + image * sizes.InputImageLength;
            for (var column = 0; column < sizes.OutputWidth; column++)
            {
                var window = sizes.Window(outputRow, column);
                var first = (nint)(row * sizes.OutputWidth + column) * channels;
                nint channel = 0;
                for (; channel + TVector.Count <= channels; channel += TVector.Count)
                    Maximum<TVector, TElement>(source + channel, window, first + channel);
                for (; channel < channels; channel++)
                    Maximum<TScalar, TElement>(source + channel, window, first + channel);
            }
        }
    }

    /// <summary>One register of channels.</summary>
    [SkipLocalsInit]
    private void Maximum<TLane, TElement>(TElement* source, PoolingWindow window, nint target)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var pixel = source + ((nint)window.Top * sizes.InputWidth + window.Left) * sizes.Channels;
        var best = TLane.Load(pixel);
        // The place relative to the window's first pixel is kept as a number of the same type, so that it is chosen with the value.
        var bestPlace = TLane.Create(0);
        for (var row = window.Top; row < window.Bottom; row++)
        {
            var firstPlace = (row - window.Top) * sizes.InputWidth;
            pixel = source + ((nint)row * sizes.InputWidth + window.Left) * sizes.Channels;
            for (var column = window.Left; column < window.Right; column++, pixel += sizes.Channels)
            {
                var value = TLane.Load(pixel);
                var place = TLane.Create(firstPlace + column - window.Left);
                // Only NaN differs from itself. A NaN that is already the best stays: no number is larger.
                bestPlace = TLane.WhereEqual(value, value, TLane.WhereLess(best, value, place, bestPlace), place);
                best = TLane.WhereEqual(value, value, TLane.WhereLess(best, value, value, best), value);
            }
        }
        if (y.Length > 0)
            best.Store((TElement*)y.Pointer + target);
        if (positions.Length == 0)
            return;
        var places = stackalloc TElement[TLane.Count];
        bestPlace.Store(places);
        var first = window.Top * sizes.InputWidth + window.Left;
        for (var i = 0; i < TLane.Count; i++)
            positions[target + i] = first + (typeof(TElement) == typeof(double) ? (int)((double*)places)[i] : (int)((float*)places)[i]);
    }
}
