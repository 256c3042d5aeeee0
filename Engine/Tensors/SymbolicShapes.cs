namespace GpuKeras;

/// <summary>Finds the shape that a computation gives for inputs with unknown sizes, by trying it with two different sizes.</summary>
/// <remarks>
/// Shape rules then never see an unknown size: wherever the two results differ, the size depends on the unknown one.
/// </remarks>
public static class SymbolicShapes
{
    /// <summary>The first size tried for an unknown one: large and with many divisors.</summary>
    public const int FirstProbe = 840;

    /// <summary>The second size tried for an unknown one.</summary>
    public const int SecondProbe = 1680;

    /// <summary>The shape with <paramref name="size"/> for every unknown size.</summary>
    public static Shape Replace(in Shape shape, int size)
    {
        Span<int> sizes = stackalloc int[shape.Rank];
        shape.Span.CopyTo(sizes);
        sizes.Replace(Shape.Unknown, size);
        return new Shape(sizes);
    }

    /// <summary>The shape with unknown sizes where a probe stands for one.</summary>
    public static Shape Restore(in Shape shape)
    {
        Span<int> sizes = stackalloc int[shape.Rank];
        shape.Span.CopyTo(sizes);
        sizes.Replace(FirstProbe, Shape.Unknown);
        sizes.Replace(SecondProbe, Shape.Unknown);
        return new Shape(sizes);
    }

    /// <summary>The sizes that two shapes share, unknown where they differ.</summary>
    public static Shape Merge(in Shape first, in Shape second)
    {
        Span<int> sizes = stackalloc int[first.Rank];
        for (var axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = first[axis] == second[axis] ? first[axis] : Shape.Unknown;
        return new Shape(sizes);
    }
}
