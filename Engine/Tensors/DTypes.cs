namespace GpuKeras;

/// <summary>Facts about <see cref="DType"/> values, and how they map to .NET types.</summary>
public static class DTypes
{
    /// <summary>The size of one element in bytes.</summary>
    public static int SizeBytes(this DType dtype) => dtype switch
    {
        DType.Float32 or DType.Int32 => 4,
        DType.Float64 or DType.Int64 => 8,
        _ => 1,
    };

    /// <summary>Whether the dtype is a floating-point type, and so can carry gradients.</summary>
    public static bool IsFloatingPoint(this DType dtype) => dtype is DType.Float32 or DType.Float64;

    /// <summary>Keras' name of the dtype, such as <c>float32</c>.</summary>
    public static string KerasName(this DType dtype) => dtype switch
    {
        DType.Float32 => "float32",
        DType.Float64 => "float64",
        DType.Int32 => "int32",
        DType.Int64 => "int64",
        DType.UInt8 => "uint8",
        _ => "bool",
    };

    /// <summary>The dtype with Keras' name <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">No dtype of the engine has this name.</exception>
    public static DType Parse(string name)
    {
        foreach (var dtype in Enum.GetValues<DType>())
            if (dtype.KerasName() == name)
                return dtype;
        throw new ArgumentException(
            $"dtype: must be one of {string.Join(", ", Enum.GetValues<DType>().Select(KerasName))}; got '{name}'", nameof(name));
    }

    /// <summary>The dtype of .NET type <typeparamref name="T"/>.</summary>
    /// <exception cref="NotSupportedException">A tensor cannot hold elements of this type.</exception>
    public static DType Of<T>()
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
            return DType.Float32;
        if (typeof(T) == typeof(double))
            return DType.Float64;
        if (typeof(T) == typeof(int))
            return DType.Int32;
        if (typeof(T) == typeof(long))
            return DType.Int64;
        if (typeof(T) == typeof(byte))
            return DType.UInt8;
        if (typeof(T) == typeof(bool))
            return DType.Bool;
        throw new NotSupportedException(
            $"tensor elements: must be float, double, int, long, byte or bool; got {typeof(T).Name}. Hint: convert the array first.");
    }

    /// <summary>The dtype that holds the result of combining two: the wider of the two kinds bool, integer, floating point.</summary>
    /// <remarks>As in Keras, an integer combined with float32 gives float32; uint8 with int32 gives int32.</remarks>
    public static DType Promote(DType a, DType b) => Rank(a) < Rank(b) ? b : a;

    private static int Rank(DType dtype) => dtype switch
    {
        DType.Bool => 0,
        DType.UInt8 => 1,
        DType.Int32 => 2,
        DType.Int64 => 3,
        DType.Float32 => 4,
        _ => 5,
    };
}
