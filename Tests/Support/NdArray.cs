namespace GpuKeras.Tests.Support;

/// <summary>Numbers with a shape, in float64: what references are written in.</summary>
/// <param name="Values">The elements in row-major order.</param>
/// <param name="Shape">The sizes.</param>
public sealed record NdArray(double[] Values, Shape Shape)
{
    /// <summary>The elements of a tensor of any dtype.</summary>
    public static NdArray Of(Tensor tensor) => new(tensor.ToDoubles(), tensor.Shape);

    /// <summary>The values as a tensor.</summary>
    public Tensor ToTensor(DType dtype) => Tensor.FromDoubles(Values, Shape, dtype);

    /// <summary>The element at an index; axes of size 1 repeat, and leading axes that the shape lacks are ignored.</summary>
    public double Broadcast(ReadOnlySpan<int> index)
    {
        var position = 0;
        for (var axis = 0; axis < Shape.Rank; axis++)
            position = position * Shape[axis] + (Shape[axis] == 1 ? 0 : index[index.Length - Shape.Rank + axis]);
        return Values[position];
    }

    /// <summary>An array computed from each element's index.</summary>
    public static NdArray Generate(Shape shape, Func<int[], double> element)
    {
        var values = new double[shape.Size];
        var index = new int[shape.Rank];
        for (var i = 0; i < values.Length; i++)
        {
            var rest = i;
            for (var axis = shape.Rank - 1; axis >= 0; axis--)
                (rest, index[axis]) = Math.DivRem(rest, shape[axis]);
            values[i] = element(index);
        }
        return new(values, shape);
    }
}
