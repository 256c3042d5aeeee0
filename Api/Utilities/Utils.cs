namespace GpuKeras.Utilities;

/// <summary>Small helpers to prepare data, as in <c>keras.utils</c>.</summary>
public static partial class Utils
{
    /// <summary>Class numbers as rows with a 1 in the place of the class: labels <c>[a…]</c> or <c>[a…, 1]</c> → float32 <c>[a…, numClasses]</c>.</summary>
    /// <param name="x">Whole numbers from 0 to <paramref name="numClasses"/> − 1, of any dtype.</param>
    /// <param name="numClasses">The number of classes; by default the largest number plus 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not a class; the message names it.</exception>
    public static Tensor ToCategorical(Tensor x, int? numClasses = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        var labels = x.Cast(DType.Int64);
        if (labels.Rank > 1 && labels.Shape[^1] == 1)
            labels = labels.Squeeze(-1);
        var values = labels.ToArray<long>();
        if (values.Length == 0 && numClasses is null)
            throw new ArgumentException("ToCategorical: without labels, the number of classes must be given", nameof(numClasses));
        var classes = numClasses ?? checked((int)values.Max() + 1);
        foreach (var value in values)
            if (value < 0 || value >= classes)
                throw new ArgumentOutOfRangeException(nameof(x), $"ToCategorical: labels must be 0 to {classes - 1}; got {value}");
        return labels.OneHot(classes);
    }

    /// <summary>Scales vectors along an axis to norm 1; a vector of zeros stays as it is.</summary>
    /// <param name="x">The vectors; whole numbers become float32.</param>
    /// <param name="axis">The axis that the vectors lie along; a negative one counts from the end.</param>
    /// <param name="order">Which norm: 1, 2, any other positive p for (Σ|x|ᵖ)^(1/p), or infinity for the largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="order"/> is not positive.</exception>
    public static Tensor Normalize(Tensor x, int axis = -1, double order = 2)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!(order > 0))
            throw new ArgumentOutOfRangeException(nameof(order), $"Normalize: order must be positive; got {order}");
        var numbers = x.DType.IsFloatingPoint() ? x : x.Cast(DType.Float32);
        var magnitudes = numbers.Abs();
        var norms = order switch
        {
            1 => magnitudes.Sum(axis, keepDims: true),
            2 => magnitudes.Square().Sum(axis, keepDims: true).Sqrt(),
            double.PositiveInfinity => magnitudes.Max(axis, keepDims: true),
            _ => magnitudes.Pow(order).Sum(axis, keepDims: true).Pow(1 / order),
        };
        return numbers / (norms + norms.Equal(0).Cast(numbers.DType));
    }
}
