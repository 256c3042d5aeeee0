using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Random;

namespace GpuKeras.Kernels.Attention;

/// <summary>
/// The device bodies of <see cref="AttentionGradientKernel{T}"/>, whose arguments it has: products, for as many scores at a time as
/// scratch memory holds. Chunks of queries add to the gradients of keys and values in their order.
/// </summary>
internal readonly struct AttentionGradientDevice<TLane, T>(
    ArrayView<T> query, ArrayView<T> key, ArrayView<T> value, AttentionMask<T> mask, DropoutMask dropout, ArrayView<T> output,
    ArrayView<T> shift, ArrayView<T> inverse, ArrayView<T> outputGradient, ArrayView<T> queryGradient, ArrayView<T> keyGradient,
    ArrayView<T> valueGradient, AttentionSizes sizes, double scale)
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <summary>Queues the gradient.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="maxScores">How many scores scratch memory holds.</param>
    public void Launch(ILauncher launcher, long maxScores)
    {
        var products = new ProductScratch<T>(launcher);
        var (first, second) = (new ReusedScratch<T>(launcher), new ReusedScratch<T>(launcher));
        var dots = launcher.Scratch<T>(sizes.Pairs * sizes.Queries);
        new AttentionDots<T>(output, outputGradient, dots, sizes).Launch(launcher);
        foreach (var chunk in AttentionChunk.Of(sizes, maxScores))
        {
            var (weights, gradients) = (first.Get(chunk.Length), second.Get(chunk.Length));
            var (queries, keys) = (chunk.OfQueries(query, sizes.KeyDim), chunk.OfValues(key, sizes.KeyDim));
            var upstream = chunk.OfQueries(outputGradient, sizes.ValueDim);
            DeviceProducts.Launch(
                launcher, queries.ByPosition, keys.ByPosition, chunk.Pairs,
                new ScoreEpilogue<TLane, T>(weights, chunk, mask, scale, shift, inverse), ref products);
            DeviceProducts.Launch(
                launcher, upstream.ByPosition, chunk.OfValues(value, sizes.ValueDim).ByPosition, chunk.Pairs,
                new ScoreGradientEpilogue<TLane, T>(weights, gradients, chunk, dropout, dots, scale), ref products);
            DeviceProducts.Launch(
                launcher, chunk.Columns(weights), upstream.ByNumber, chunk.Pairs, OfValues(valueGradient, sizes.ValueDim, chunk), ref products);
            DeviceProducts.Launch(
                launcher, chunk.Rows(gradients), keys.ByNumber, chunk.Pairs,
                new HeadEpilogue<TLane, T>(
                    queryGradient, sizes.Queries, sizes.Heads, sizes.KeyDim, chunk.FirstPair, chunk.FirstQuery),
                ref products);
            DeviceProducts.Launch(
                launcher, chunk.Columns(gradients), queries.ByNumber, chunk.Pairs, OfValues(keyGradient, sizes.KeyDim, chunk), ref products);
        }
    }

    private HeadEpilogue<TLane, T> OfValues(ArrayView<T> target, int dim, in AttentionChunk chunk) =>
        new(target, sizes.Values, sizes.Heads, dim, chunk.FirstPair, 0, accumulate: chunk.FirstQuery > 0);
}
