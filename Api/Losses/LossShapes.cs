namespace GpuKeras.Losses;

/// <summary>Which shapes targets and predictions may have. An unknown size fits every size.</summary>
internal static class LossShapes
{
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static void RequireSame(string loss, in Shape target, in Shape output)
    {
        var same = target.Rank == output.Rank;
        for (var axis = 0; same && axis < target.Rank; axis++)
            same = target[axis] == output[axis] || target[axis] == Shape.Unknown || output[axis] == Shape.Unknown;
        if (!same)
            throw new ShapeException(
                loss, "Arguments `target` and `output` must have the same shape", $"target {target}, output {output}",
                "class numbers as targets need a sparse loss, or OneHot; a prediction needs as many units as the target has values");
    }

    /// <exception cref="ShapeException">The shapes do not broadcast.</exception>
    public static void RequireBroadcast(string loss, in Shape target, in Shape output)
    {
        for (var i = 1; i <= Math.Min(target.Rank, output.Rank); i++)
        {
            var (a, b) = (target[^i], output[^i]);
            if (a != b && a != 1 && b != 1 && a != Shape.Unknown && b != Shape.Unknown)
                throw new ShapeException(
                    loss, "Arguments `target` and `output` must have shapes that broadcast", $"target {target}, output {output}",
                    "a prediction needs as many units as the target has values");
        }
    }

    /// <exception cref="ShapeException">The labels do not have the shape of the output without its class axis.</exception>
    public static void RequireLabels(string loss, in Shape target, in Shape output, int axis)
    {
        if (output.Rank == 0)
            throw new ShapeException(loss, "Argument `output` must be at least rank 1", $"output {output}");
        var expected = output.Remove(axis);
        var same = target.Rank == expected.Rank;
        for (var i = 0; same && i < target.Rank; i++)
            same = target[i] == expected[i] || target[i] == Shape.Unknown || expected[i] == Shape.Unknown;
        if (!same)
            throw new ShapeException(
                loss, "Arguments `target` and `output` must have the same shape up until the class axis",
                $"target {target}, output {output}",
                $"class numbers must have shape {expected}; one-hot targets need categorical_crossentropy");
    }
}
