namespace GpuKeras.Perf.Workloads;

/// <summary>Inputs that every side makes for itself by the same rule, so that results can be compared.</summary>
internal static class TestValues
{
    /// <summary>Values from −0.4 to 0.6 with mean 0.1, which sums do not cancel.</summary>
    public static void Fill(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((long)i * 37 % 101 * 0.01 - 0.4);
    }

    /// <summary>Values from 0.1 to 1.06.</summary>
    public static void FillPositive(Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)((long)i * 53 % 97 * 0.01 + 0.1);
    }

    public static Tensor Create(params ReadOnlySpan<int> shape) => Create(new Shape(shape), Fill);

    public static Tensor CreatePositive(params ReadOnlySpan<int> shape) => Create(new Shape(shape), FillPositive);

    private static Tensor Create(Shape shape, Action<Span<float>> fill)
    {
        var values = new float[shape.Size];
        fill(values);
        return Tensor.From(values, shape);
    }
}
