namespace GpuKeras;

/// <summary>Operations on sequences of tensors.</summary>
public static class TensorSequence
{
    /// <summary>The sum of tensors of broadcastable shapes; a scalar 0 if there are none, so that <c>loss + model.Losses.Sum()</c> always works.</summary>
    public static Tensor Sum(this IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensor? sum = null;
        foreach (var tensor in tensors)
            sum = sum is null ? tensor : sum + tensor;
        return sum ?? Tensor.Scalar(0);
    }
}
