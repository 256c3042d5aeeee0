namespace GpuKeras.Layers;

/// <summary>Checks that all dropout layers make.</summary>
internal static class DropoutRules
{
    public static double Checked(double rate) => rate is >= 0 and <= 1
        ? rate
        : throw new ArgumentException(
            $"Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: rate={rate}", nameof(rate));
}
