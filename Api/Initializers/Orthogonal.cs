using System.Numerics.Tensors;

namespace GpuKeras.Initializers;

/// <summary>A random matrix with orthonormal rows or columns, Keras' default for recurrent kernels.</summary>
/// <remarks>
/// All axes but the last are taken as rows. The matrix is Q of the QR decomposition of a normally distributed one, with the signs that
/// make R's diagonal positive, which spreads it evenly over the orthogonal matrices (Mezzadri 2007). Saxe et al. 2014.
/// </remarks>
/// <param name="gain">A factor for the whole matrix.</param>
/// <param name="seed">The seed; by default drawn from the global one.</param>
public sealed class Orthogonal(double gain = 1, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The factor for the whole matrix.</summary>
    public double Gain { get; } = gain;

    /// <summary>A matrix <c>[…rows, columns]</c>; the shorter of both kinds of vectors is orthonormal, times the gain.</summary>
    /// <exception cref="ShapeException">The shape has fewer than two axes.</exception>
    public override Tensor Create(Shape shape, DType dtype = DType.Float32)
    {
        if (shape.Rank < 2)
            throw new ShapeException(
                "Orthogonal initializer", "the tensor to initialize must be at least two-dimensional", $"shape {shape} of rank {shape.Rank}");
        var columns = shape[^1];
        var rows = columns == 0 ? 0 : (int)(shape.Size / columns);
        var (count, length) = (Math.Min(rows, columns), Math.Max(rows, columns));
        var vectors = Normal(count, length);
        Orthonormalize(vectors, count, length);
        var values = vectors;
        if (rows > columns)
        {
            values = new double[vectors.Length];
            for (var row = 0; row < rows; row++)
                for (var column = 0; column < columns; column++)
                    values[row * columns + column] = vectors[column * rows + row];
        }
        TensorPrimitives.Multiply(values, Gain, values);
        return Tensor.FromDoubles(values, shape, dtype);
    }

    // By the host, which orthonormalizes them: some devices have no float64.
    private double[] Normal(int count, int length)
    {
        using (Device.Use("cpu"))
            return Generator().Normal([count, length], dtype: DType.Float64).ToArray<double>();
    }

    // Gram-Schmidt in the modified form, each vector twice: orthonormal to rounding ("twice is enough", Parlett 1998), and with R's
    // diagonal positive by construction.
    private static void Orthonormalize(double[] vectors, int count, int length)
    {
        for (var i = 0; i < count; i++)
        {
            var vector = vectors.AsSpan(i * length, length);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var j = 0; j < i; j++)
                {
                    var earlier = vectors.AsSpan(j * length, length);
                    TensorPrimitives.MultiplyAdd(earlier, -TensorPrimitives.Dot<double>(vector, earlier), vector, vector);
                }
            }
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
        }
    }
}
