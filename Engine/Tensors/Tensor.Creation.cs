using System.Runtime.InteropServices;

namespace GpuKeras;

public partial class Tensor
{
    /// <summary>A vector <c>[n]</c> of the given values.</summary>
    public static Tensor From<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => From(values, new Shape(values.Length));

    /// <summary>A tensor of the given values in row-major order.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape)
        where T : unmanaged
    {
        if (values.Length != shape.Size)
            throw new ShapeException("Tensor.From", $"shape {shape} has {shape.Size} elements", $"{values.Length} values");
        var tensor = Empty(shape, DTypes.Of<T>(), Device.Current);
        tensor.Upload(values);
        return tensor;
    }

    /// <summary>A tensor of the given values in row-major order.</summary>
    /// <exception cref="ShapeException">The number of values is not the shape's.</exception>
    public static Tensor From<T>(T[] values, Shape shape)
        where T : unmanaged => From(new ReadOnlySpan<T>(values), shape);

    /// <summary>A tensor with the shape and values of a .NET array of any rank, such as <c>float[,]</c>.</summary>
    /// <exception cref="NotSupportedException">The array's element type is not a dtype.</exception>
    public static Tensor From(Array array)
    {
        ArgumentNullException.ThrowIfNull(array);
        Span<int> sizes = stackalloc int[array.Rank];
        for (var axis = 0; axis < array.Rank; axis++)
            sizes[axis] = array.GetLength(axis);
        var shape = new Shape(sizes);
        return array.GetType().GetElementType() switch
        {
            var type when type == typeof(float) => From(Elements<float>(array), shape),
            var type when type == typeof(double) => From(Elements<double>(array), shape),
            var type when type == typeof(int) => From(Elements<int>(array), shape),
            var type when type == typeof(long) => From(Elements<long>(array), shape),
            var type when type == typeof(byte) => From(Elements<byte>(array), shape),
            var type when type == typeof(bool) => From(Elements<bool>(array), shape),
            var type => throw new NotSupportedException(
                $"Tensor.From: elements must be float, double, int, long, byte or bool; got {type?.Name}. Hint: convert the array first."),
        };
    }

    /// <summary>A tensor with the shape and values of a dense <see cref="System.Numerics.Tensors.Tensor{T}"/>.</summary>
    public static Tensor From<T>(System.Numerics.Tensors.Tensor<T> source)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(source);
        Span<int> sizes = stackalloc int[source.Rank];
        for (var axis = 0; axis < sizes.Length; axis++)
            sizes[axis] = checked((int)source.Lengths[axis]);
        var values = new T[source.FlattenedLength];
        source.FlattenTo(values);
        return From(values, new Shape(sizes));
    }

    /// <summary>A single number, of shape <c>[]</c>.</summary>
    public static Tensor Scalar(double value, DType dtype = DType.Float32) => Full([], value, dtype);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Full(shape, 0, dtype);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Full(shape, 1, dtype);

    /// <summary>A tensor with <paramref name="value"/> in every element.</summary>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
    {
        var tensor = Empty(shape, dtype, Device.Current);
        tensor.FillWith(value);
        return tensor;
    }

    /// <summary>The identity matrix <c>[rows, columns]</c>: ones on the diagonal.</summary>
    public static Tensor Eye(int rows, int? columns = null, DType dtype = DType.Float32)
    {
        var width = columns ?? rows;
        var values = new double[rows * width];
        for (var i = 0; i < Math.Min(rows, width); i++)
            values[i * width + i] = 1;
        return FromDoubles(values, [rows, width], dtype);
    }

    /// <summary>The numbers <paramref name="start"/>, start + step, … below <paramref name="stop"/>, as a vector.</summary>
    public static Tensor Range(double start, double stop, double step = 1, DType dtype = DType.Int32)
    {
        if (step == 0)
            throw new ArgumentOutOfRangeException(nameof(step), "Tensor.Range: step must not be 0");
        var values = new double[Math.Max(0, (int)Math.Ceiling((stop - start) / step))];
        for (var i = 0; i < values.Length; i++)
            values[i] = start + i * step;
        return FromDoubles(values, [values.Length], dtype);
    }

    /// <summary>A tensor of the given values, converted by the host: some devices have no float64 to convert from.</summary>
    internal static Tensor FromDoubles(ReadOnlySpan<double> values, Shape shape, DType dtype)
    {
        if (dtype == DType.Float64)
            return From(values, shape);
        var device = Device.Current;
        using (Device.Use("cpu"))
            return From(values, shape).Cast(dtype).To(device);
    }

    private static ReadOnlySpan<T> Elements<T>(Array array)
        where T : unmanaged =>
        MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
