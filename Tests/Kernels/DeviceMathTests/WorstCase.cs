namespace GpuKeras.Tests.Kernels.DeviceMathTests;

/// <summary>The largest error seen, and where.</summary>
public sealed class WorstCase
{
    public double Ulps { get; private set; }

    public double Argument { get; private set; }

    public void Track(double ulps, double argument)
    {
        // A negated comparison, so that NaN counts as the worst.
        if (!(ulps <= Ulps) && !double.IsNaN(Ulps))
            (Ulps, Argument) = (ulps, argument);
    }
}
