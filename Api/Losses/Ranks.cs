namespace GpuKeras.Losses;

/// <summary>
/// Keras' <c>squeeze_or_expand_to_same_rank</c>: a trailing axis of size 1 is dropped or added where ranks differ by one.
/// </summary>
internal static class Ranks
{
    /// <summary>Brings two tensors to one rank if a trailing axis of size 1 does it.</summary>
    /// <param name="expandVectors">Whether a vector gains an axis to match a column; otherwise the column loses its axis.</param>
    public static (Tensor First, Tensor Second) Align(Tensor first, Tensor second, bool expandVectors = true)
    {
        var difference = first.Rank - second.Rank;
        if (difference == 1 && first.Shape[^1] == 1)
            return second.Rank == 1 && expandVectors ? (first, second.ExpandDims(-1)) : (first.Squeeze(-1), second);
        if (difference == -1 && second.Shape[^1] == 1)
            return first.Rank == 1 && expandVectors ? (first.ExpandDims(-1), second) : (first, second.Squeeze(-1));
        return (first, second);
    }
}
