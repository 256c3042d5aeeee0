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

    /// <summary>The sizes of other axes, if they are fixed; negative axes count from the end.</summary>
    public IReadOnlyDictionary<int, int>? Axes { get; init; }

    /// <summary>Checks one input.</summary>
    /// <exception cref="ShapeException">The shape does not fit.</exception>
    internal void Check(int index, string layer, in Shape shape)
    {
        if (Rank is { } rank && shape.Rank != rank)
            throw Refused(index, layer, $"expected ndim={rank}, found ndim={shape.Rank}. Full shape received: {shape.ToKerasString()}");
        if (MinRank is { } minimum && shape.Rank < minimum)
            throw Refused(index, layer, $"expected min_ndim={minimum}, found ndim={shape.Rank}. Full shape received: {shape.ToKerasString()}");
        if (LastSize is { } last)
            CheckAxis(index, layer, shape, -1, last);
        if (Axes is null)
            return;
        foreach (var (axis, size) in Axes)
            CheckAxis(index, layer, shape, axis, size);
    }

    private static void CheckAxis(int index, string layer, in Shape shape, int axis, int expected)
    {
        var counted = axis < 0 ? axis + shape.Rank : axis;
        if ((uint)counted >= (uint)shape.Rank || (shape[counted] != expected && shape[counted] != Shape.Unknown))
            throw Refused(
                index, layer, $"expected axis {axis} of input shape to have value {expected}, but received input with shape {shape.ToKerasString()}");
    }

    private static ShapeException Refused(int index, string layer, string reason) =>
        new($"Input {index} of layer '{layer}' is incompatible with the layer: {reason}");
}
