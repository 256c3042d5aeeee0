namespace GpuKeras.Saving;

/// <summary>What the values of a weight are like.</summary>
/// <param name="Minimum">The smallest value; NaN if there is none.</param>
/// <param name="Maximum">The largest value; NaN if there is none.</param>
/// <param name="Mean">The mean of the values that are numbers; NaN if there is none.</param>
/// <param name="StandardDeviation">The population standard deviation of the values that are numbers.</param>
/// <param name="NotNumbers">How many values are NaN.</param>
internal readonly record struct WeightStatistics(double Minimum, double Maximum, double Mean, double StandardDeviation, long NotNumbers)
{
    public static WeightStatistics Of(Tensor tensor)
    {
        var values = tensor.ToDoubles();
        var (minimum, maximum, sum, count) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0L);
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            minimum = Math.Min(minimum, value);
            maximum = Math.Max(maximum, value);
            sum += value;
            count++;
        }
        if (count == 0)
            return new(double.NaN, double.NaN, double.NaN, double.NaN, values.LongLength);
        var (mean, squares) = (sum / count, 0.0);
        foreach (var value in values)
            if (!double.IsNaN(value))
                squares += (value - mean) * (value - mean);
        return new(minimum, maximum, mean, Math.Sqrt(squares / count), values.LongLength - count);
    }
}
