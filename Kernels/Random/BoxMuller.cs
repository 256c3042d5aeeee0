namespace GpuKeras.Kernels.Random;

/// <summary>Two independent standard normal numbers from two random words (Box and Muller 1958).</summary>
/// <remarks>Computed in float64 and rounded once, so that every host gives the same float32. The largest magnitude is 6.66.</remarks>
internal static class BoxMuller
{
    private const double Step = 1.0 / 4294967296.0;

    public static (float First, float Second) Pair(uint radiusWord, uint angleWord)
    {
        // Half a step up keeps the logarithm away from zero.
        var radius = Math.Sqrt(-2 * Math.Log((radiusWord + 0.5) * Step));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * Step * angleWord);
        return ((float)(radius * cosine), (float)(radius * sine));
    }
}
