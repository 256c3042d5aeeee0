namespace GpuKeras.Metrics;

/// <summary>Whether the target's class is among the k largest predictions.</summary>
internal static class TopMatches
{
    /// <param name="labels">Class numbers <c>[…]</c>, int32.</param>
    /// <param name="predictions">Predictions <c>[…, classes]</c>.</param>
    /// <param name="k">How many predictions count. Predictions as large as the k-th count as well.</param>
    /// <returns>Bool <c>[…]</c>; a NaN prediction of the target's class is never among them.</returns>
    public static Tensor InTopK(Tensor labels, Tensor predictions, int k)
    {
        var given = predictions.TakeAlongAxis(labels.ExpandDims(-1), -1);
        var larger = (predictions > given).Cast(DType.Int32).Sum(-1);
        return (larger < k).LogicalAnd(given.Squeeze(-1).IsNaN().LogicalNot());
    }
}
