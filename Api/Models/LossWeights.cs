using System.Runtime.CompilerServices;

namespace GpuKeras;

/// <summary>How much the loss of each output counts: a list in the order of the outputs, or by output name.</summary>
[CollectionBuilder(typeof(LossWeights), nameof(FromList))]
public sealed class LossWeights : PerOutput<double>
{
    /// <summary>Weights by output name, to be filled in.</summary>
    public LossWeights()
    {
    }

    private LossWeights(ReadOnlySpan<double> list)
        : base(list, isSingle: false)
    {
    }

    /// <summary>A weight for each output, in order; collection expressions call it.</summary>
    public static LossWeights FromList(ReadOnlySpan<double> weights) => new(weights);
}
