namespace GpuKeras.Layers;

/// <summary>What a layer demands of an input's shape; checked at every call.</summary>
public sealed record InputSpec
{
    /// <summary>The exact rank, if it is fixed.</summary>
    public int? Rank { get; init; }

    /// <summary>The least rank.</summary>
    public int? MinRank { get; init; }

    /// <summary>The size of the last axis, if it is fixed.</summary>
    public int? LastSize { get; init; }

    /// <summary>Checks one input.</summary>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    internal void Check(int index, string layer, in Shape shape)
    {
        var start = $"Input {index} of layer '{layer}' is incompatible with the layer: ";
        if (Rank is { } rank && shape.Rank != rank)
            throw new ShapeException($"{start}expected ndim={rank}, found ndim={shape.Rank}. Full shape received: {shape.ToKerasString()}");
        if (MinRank is { } minimum && shape.Rank < minimum)
            throw new ShapeException($"{start}expected min_ndim={minimum}, found ndim={shape.Rank}. Full shape received: {shape.ToKerasString()}");
        if (LastSize is { } last && shape.Rank > 0 && shape[^1] != last && shape[^1] != Shape.Unknown)
            throw new ShapeException($"{start}expected axis -1 of input shape to have value {last}, but received input with shape {shape.ToKerasString()}");
    }
}
