namespace GpuKeras.Losses;

/// <summary>Checks class numbers.</summary>
internal static class Labels
{
    /// <summary>Requires that labels in host memory are class numbers; on other devices the kernels see to it.</summary>
    /// <param name="loss">Whose labels they are, for the error.</param>
    /// <param name="labels">The labels, int32.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or not below the number of classes.</exception>
    public static void Check(string loss, Tensor labels, int classes)
    {
        if (labels.IsSymbolic || labels.Device.Kind != "cpu")
            return;
        var values = labels.AsSpan<int>();
        for (var i = 0; i < values.Length; i++)
            if ((uint)values[i] >= (uint)classes)
                throw new ArgumentOutOfRangeException(
                    nameof(labels),
                    $"{loss}: labels must lie in 0 to {classes - 1} for {classes} classes; got label {values[i]} at position {i} of " +
                    $"labels {labels.Shape}. Hint: the last layer needs as many units as there are classes, and classes count from 0.");
    }
}
