using GpuKeras.Kernels.Indexing;

namespace GpuKeras.Losses;

/// <summary>Checks class numbers.</summary>
internal static class Labels
{
    /// <summary>Class numbers as int32. What is not a number becomes one that no check lets through, rather than class 0.</summary>
    public static Tensor AsInt32(Tensor labels) =>
        (labels.DType.IsFloatingPoint() ? Tensor.Where(labels.IsNaN(), int.MinValue, labels) : labels).Cast(DType.Int32);

    /// <summary>Requires that labels are class numbers; a device that works in the background says so when values are next read from it.</summary>
    /// <param name="loss">Whose labels they are, for the error.</param>
    /// <param name="labels">The labels, int32.</param>
    /// <param name="classes">The number of classes.</param>
    /// <returns>Whether the labels are checked; those of a graph are when it runs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or not below the number of classes.</exception>
    public static bool Check(string loss, Tensor labels, int classes)
    {
        if (labels.IsSymbolic)
            return false;
        var shape = labels.Shape;
        labels.Device.Run(new IndexCheckKernel<int>(labels.View<int>(), classes, (label, position) => new ArgumentOutOfRangeException(
            nameof(labels),
            $"{loss}: labels must lie in 0 to {classes - 1} for {classes} classes; got label {(label == int.MinValue ? "NaN" : label)} at position {position} of " +
            $"labels {shape}. Hint: the last layer needs as many units as there are classes, and classes count from 0.")));
        return true;
    }
}
