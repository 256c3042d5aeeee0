using GpuKeras.Utilities;

namespace GpuKeras;

/// <summary>Batches cut from whole arrays, in a new order in each pass if they are shuffled.</summary>
internal sealed class ArraySource : BatchSource
{
    private readonly TensorStructure x;
    private readonly TensorStructure? y;
    private readonly TensorStructure? sampleWeight;
    private readonly int batchSize;
    private readonly RandomGenerator? random;
    private readonly IReadOnlyDictionary<int, double>? classWeight;
    private readonly int samples;

    public ArraySource(
        TensorStructure x,
        TensorStructure? y = null,
        TensorStructure? sampleWeight = null,
        int batchSize = 32,
        bool shuffle = false,
        IReadOnlyDictionary<int, double>? classWeight = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        if (classWeight is not null && sampleWeight is not null)
            throw new ArgumentException("You cannot use `classWeight` and `sampleWeight` at the same time.");
        samples = CheckCardinality(x, y, sampleWeight);
        (this.x, this.y, this.sampleWeight, this.batchSize, this.classWeight) = (x, y, sampleWeight, batchSize, classWeight);
        random = shuffle ? new RandomGenerator(GlobalSeed.Next()) : null;
    }

    /// <inheritdoc/>
    public override int? Steps => (samples + batchSize - 1) / batchSize;

    /// <summary>Checks that all arrays have the same number of samples, at least one.</summary>
    /// <returns>That number.</returns>
    public static int CheckCardinality(TensorStructure x, TensorStructure? y, TensorStructure? sampleWeight)
    {
        ArgumentNullException.ThrowIfNull(x);
        var (xSizes, ySizes, weightSizes) = (Sizes(x), Sizes(y), Sizes(sampleWeight));
        var sizes = xSizes.Concat(ySizes).Concat(weightSizes).Distinct().ToArray();
        if (sizes.Length > 1)
            throw new ArgumentException(
                "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples. " +
                $"'x' sizes: {string.Join(", ", xSizes)}; 'y' sizes: {string.Join(", ", ySizes)}" +
                (weightSizes.Length > 0 ? $"; 'sampleWeight' sizes: {string.Join(", ", weightSizes)}" : ""));
        if (sizes.Length == 0 || sizes[0] == 0)
            throw new ArgumentException("data: there must be at least one sample; got none");
        return sizes[0];
    }

    /// <inheritdoc/>
    public override IEnumerable<Batch> Pass()
    {
        using var order = random?.Permutation(samples).Keep();
        for (var start = 0; start < samples; start += batchSize)
        {
            var end = Math.Min(samples, start + batchSize);
            var rows = order?[start..end];
            Tensor Cut(Tensor tensor) => rows is null ? tensor[start..end] : tensor.Gather(rows);
            yield return ClassWeights.Apply(new Batch(x.Map(Cut), y?.Map(Cut), sampleWeight?.Map(Cut)), classWeight);
        }
    }

    private static int[] Sizes(TensorStructure? structure) => structure is null
        ? []
        : [.. structure.Tensors.Select(static tensor => tensor.Rank > 0
            ? tensor.Shape[0]
            : throw new ShapeException("data", "arrays have a first axis of samples", "a scalar"))];
}
