namespace GpuKeras;

/// <summary>Turns weights of classes into weights of samples: by the target's class, or its largest entry if it is one-hot.</summary>
internal static class ClassWeights
{
    /// <summary>The batch with the weight of each sample's class; classes that are not listed count 1.</summary>
    public static Batch Apply(Batch batch, IReadOnlyDictionary<int, double>? classWeight)
    {
        if (classWeight is null)
            return batch;
        if (batch.SampleWeights is not null)
            throw new ArgumentException("You cannot use `classWeight` and `sampleWeight` at the same time.");
        if (batch.Targets is not { Count: 1 } targets)
            throw new ArgumentException("`classWeight` is only supported for models with a single output.");
        var classes = Classes(targets.Single).ToArray<int>();
        var weights = new float[classes.Length];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = classWeight.TryGetValue(classes[i], out var weight) ? (float)weight : 1;
        return new Batch(batch.Inputs, targets, Tensor.From<float>(weights));
    }

    private static Tensor Classes(Tensor y)
    {
        if (y.Rank >= 2 && y.Shape[^1] > 1)
            return y.ArgMax(-1).Cast(DType.Int32).Reshape([-1]);
        return (y.DType.IsFloatingPoint() ? y.Round() : y).Cast(DType.Int32).Reshape([-1]);
    }
}
