namespace GpuKeras.Kernels;

/// <summary>A register of float32 with the bit-level primitives that <see cref="VectorMath"/> builds its polynomials from.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IFloatVector<TSelf> : ILane<TSelf, float>
    where TSelf : struct, IFloatVector<TSelf>
{
    /// <summary>x · 2ⁿ for an integral <paramref name="n"/>, correctly rounded into the subnormals and saturating to infinity.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf x, TSelf n);

    /// <summary>The power of two whose exponent bits, from 1 to 254, are the lowest bits of each lane.</summary>
    static abstract TSelf FromExponentBits(TSelf bits);

    /// <summary>Entries of a table of 32, aligned to 64 bytes: the entry that the lowest five bits of each lane number.</summary>
    static abstract unsafe TSelf Lookup(float* table, TSelf bits);

    /// <summary>2²³ plus the exponent bits of x, from 0 to 255.</summary>
    static abstract TSelf ToExponentBits(TSelf x);

    /// <summary>A number from 1 to 2 with the mantissa bits of x.</summary>
    static abstract TSelf FromMantissaBits(TSelf x);

    /// <summary>The unbiased exponent of |x| as a number: ⌊log2 |x|⌋, also for subnormals.</summary>
    static abstract TSelf Exponent(TSelf x);

    /// <summary>|x| / 2ᵏ from 1 to 2, k being <see cref="Exponent"/>; any number where x is 0, infinite, negative or NaN.</summary>
    static abstract TSelf Mantissa(TSelf x);

    /// <summary>x limited to [low, high]; NaN stays NaN.</summary>
    static abstract TSelf Clamp(TSelf x, TSelf low, TSelf high);

    /// <summary>x limited to at most <paramref name="high"/>; NaN stays NaN.</summary>
    static abstract TSelf AtMost(TSelf x, TSelf high);

    /// <summary>The magnitude of <paramref name="magnitude"/> with the sign bit of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf magnitude, TSelf sign);
}
