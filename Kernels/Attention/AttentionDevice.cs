using GpuKeras.Kernels.Linear;
using GpuKeras.Kernels.Random;

namespace GpuKeras.Kernels.Attention;

/// <summary>
/// The device bodies of <see cref="AttentionKernel{T}"/>, whose arguments it has: the product of queries and keys, the rows' exponentials,
/// and the product with the values, for as many scores at a time as scratch memory holds.
/// </summary>
internal readonly struct AttentionDevice<TLane, T>(
    ArrayView<T> query, ArrayView<T> key, ArrayView<T> value, AttentionMask<T> mask, DropoutMask dropout, ArrayView<T> output,
    ArrayView<T> shift, ArrayView<T> inverse, AttentionSizes sizes, double scale)
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <summary>Queues the attention.</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="maxScores">How many scores scratch memory holds.</param>
    public void Launch(ILauncher launcher, long maxScores)
    {
        var products = new ProductScratch<T>(launcher);
        var memory = new ReusedScratch<T>(launcher);
        var inverses = inverse.Length > 0 ? inverse : launcher.Scratch<T>(sizes.Pairs * sizes.Queries);
        foreach (var chunk in AttentionChunk.Of(sizes, maxScores))
        {
            var scores = memory.Get(chunk.Length);
            DeviceProducts.Launch(
                launcher, chunk.OfQueries(query, sizes.KeyDim).ByPosition, chunk.OfValues(key, sizes.KeyDim).ByPosition, chunk.Pairs,
                new ScoreEpilogue<TLane, T>(scores, chunk, mask, scale), ref products);
            new AttentionRows<T>(scores, chunk, dropout, shift, inverses, mask.HidesRows || sizes.Values == 0).Launch(launcher);
            DeviceProducts.Launch(
                launcher, chunk.Rows(scores), chunk.OfValues(value, sizes.ValueDim).ByNumber, chunk.Pairs,
                new HeadEpilogue<TLane, T>(
                    output, sizes.Queries, sizes.Heads, sizes.ValueDim, chunk.FirstPair, chunk.FirstQuery, factors: inverses,
                    scale: dropout.Scale),
                ref products);
        }
    }
}
