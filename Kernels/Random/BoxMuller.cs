namespace GpuKeras.Kernels.Random;

/// <summary>Two independent standard normal numbers from two random words (Box and Muller 1958).</summary>
/// <remarks>Computed in float64 and rounded once, so that devices give the same float32 but for rare last bits. The largest magnitude is 6.66.</remarks>
internal static class BoxMuller
{
    private const double Step = 1.0 / 4294967296.0;

    public static (float First, float Second) Pair(uint radiusWord, uint angleWord)
    {
        // Half a step up keeps the logarithm away from zero.
        var radius = Math.Sqrt(-2 * Math.Log((radiusWord + 0.5) * Step));
        var angle = 2 * Math.PI * Step * angleWord;
        return ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
    }
}
