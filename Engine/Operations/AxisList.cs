namespace GpuKeras;

/// <summary>A set of axes, resolved against a shape: bit i stands for axis i.</summary>
internal static class AxisList
{
    /// <summary>The axes as bits; all of them for an empty list.</summary>
    /// <exception cref="ShapeException">There is no such axis, or one is named twice.</exception>
    public static uint Resolve(string operation, in Shape shape, ReadOnlySpan<int> axes)
    {
        if (axes.IsEmpty)
            return (1u << shape.Rank) - 1;
        var bits = 0u;
        foreach (var axis in axes)
        {
            var bit = 1u << Resolve(operation, shape, axis);
            if ((bits & bit) != 0)
                throw new ShapeException(operation, "axes must differ", $"axis {axis} twice, input {shape}");
            bits |= bit;
        }
        return bits;
    }

    /// <summary>One axis, counted from the start.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static int Resolve(string operation, in Shape shape, int axis)
    {
        var counted = axis < 0 ? axis + shape.Rank : axis;
        if ((uint)counted >= (uint)shape.Rank)
            throw new ShapeException(operation, $"an axis must lie in {-shape.Rank} to {shape.Rank - 1}", $"axis {axis}, input {shape}");
        return counted;
    }

    /// <summary>Whether <paramref name="bits"/> holds <paramref name="axis"/>.</summary>
    public static bool Contains(uint bits, int axis) => (bits >> axis & 1) != 0;

    /// <summary>The shape with these axes left out, or kept with size 1.</summary>
    public static Shape Reduced(in Shape shape, uint bits, bool keepDims)
    {
        Span<int> sizes = stackalloc int[shape.Rank];
        var rank = 0;
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            if (!Contains(bits, axis))
                sizes[rank++] = shape[axis];
            else if (keepDims)
                sizes[rank++] = 1;
        }
        return new Shape(sizes[..rank]);
    }

    /// <summary>The order of axes that moves <paramref name="axis"/> to the end.</summary>
    public static int[] MoveToEnd(int rank, int axis)
    {
        var order = new int[rank];
        for (var i = 0; i < rank; i++)
            order[i] = i < axis ? i : i + 1 < rank ? i + 1 : axis;
        return order;
    }

    /// <summary>The order of axes that moves the last one back to <paramref name="axis"/>.</summary>
    public static int[] MoveFromEnd(int rank, int axis)
    {
        var order = new int[rank];
        for (var i = 0; i < rank; i++)
            order[i] = i < axis ? i : i == axis ? rank - 1 : i - 1;
        return order;
    }
}
