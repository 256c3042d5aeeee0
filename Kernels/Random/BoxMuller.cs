namespace GpuKeras.Kernels.Random;

/// <summary>Two independent standard normal numbers from two random words (Box and Muller 1958).</summary>
/// <remarks>
/// Computed in float32, which all devices have, by the same functions on each: results are equal but for rare last bits, where a device
/// rounds a square root or a quotient in its own way. The largest magnitude is 6.77.
/// </remarks>
internal static class BoxMuller
{
    private const float Step = 1 / 4294967296f;

    public static (float First, float Second) Pair(uint radiusWord, uint angleWord)
    {
        // Half a step up keeps the logarithm away from zero. Near one float32 has too few steps: there its distance to one counts.
        var logarithm = radiusWord < 1u << 31
            ? DeviceMath.Log((radiusWord + 0.5f) * Step)
            : DeviceMath.Log1P((~radiusWord + 0.5f) * -Step);
        var radius = MathF.Sqrt(-2 * logarithm);
        var (sine, cosine) = DeviceMath.SinCosOfTurn(angleWord);
        return (radius * cosine, radius * sine);
    }
}
