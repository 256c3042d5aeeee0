namespace GpuKeras.Initializers;

/// <summary>How many inputs and outputs each unit of a weight has.</summary>
internal readonly record struct Fans(double In, double Out)
{
    /// <summary>Keras' rule: of a kernel <c>[…window, inputs, outputs]</c> the inputs and outputs times the window's size.</summary>
    public static Fans Of(in Shape shape)
    {
        if (shape.Rank == 0)
            return new Fans(1, 1);
        if (shape.Rank == 1)
            return new Fans(shape[0], shape[0]);
        var window = shape[..^2].Size;
        return new Fans((double)shape[^2] * window, (double)shape[^1] * window);
    }

    /// <summary>The products of the sizes of the given axes.</summary>
    public static Fans Of(in Shape shape, IReadOnlyList<int> inputAxes, IReadOnlyList<int> outputAxes) =>
        new(Product(shape, inputAxes), Product(shape, outputAxes));

    private static double Product(in Shape shape, IReadOnlyList<int> axes)
    {
        var product = 1.0;
        foreach (var axis in axes)
            product *= shape[shape.Axis(axis)];
        return product;
    }
}
