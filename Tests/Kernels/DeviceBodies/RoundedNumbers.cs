namespace GpuKeras.Tests.Kernels.DeviceBodies;

/// <summary>Numbers rounded as matrix units want them, by exact arithmetic on the values.</summary>
internal static class RoundedNumbers
{
    /// <summary>What a product of this precision makes of a factor.</summary>
    public static float Round(float value, MatMulPrecision precision) => precision switch
    {
        MatMulPrecision.TensorFloat32 => Round(value, 10, MidpointRounding.AwayFromZero),
        MatMulPrecision.BFloat16 => Round(value, 7, MidpointRounding.ToEven),
        _ => value,
    };

    private static float Round(float value, int fractionBits, MidpointRounding halves)
    {
        const int LeastExponent = -126;
        if (!float.IsFinite(value) || value == 0)
            return value;
        var unit = Math.ScaleB(1, Math.Max(Math.ILogB(value), LeastExponent) - fractionBits);
        var rounded = Math.Round(value / unit, halves) * unit;
        // Float32 has no number from here on.
        return Math.Abs(rounded) >= Math.ScaleB(1, 128) ? float.CopySign(float.PositiveInfinity, value) : (float)rounded;
    }
}
