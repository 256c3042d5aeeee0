namespace GpuKeras.Kernels.Attention;

/// <summary>How much work a block of attention is, to decide over how many threads it is split.</summary>
internal static class AttentionCost
{
    // An exponential and what belongs to it.
    private const double OperationsPerWeight = 32;

    /// <summary>Multiplications and additions of one block.</summary>
    /// <param name="sizes">The sizes.</param>
    /// <param name="products">How many products there are with the keys' size, and with the values'.</param>
    public static double OfBlock(in AttentionSizes sizes, int products) =>
        Math.Min(sizes.BlockQueries, (double)sizes.Queries) * sizes.Values
        * (2.0 * products * (sizes.KeyDim + sizes.ValueDim) + OperationsPerWeight);
}
