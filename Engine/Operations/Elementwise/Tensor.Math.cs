using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

// Functions of one number, element by element. Integers become float32 where the result is not an integer in general.
public partial class Tensor
{
    /// <summary>|x|. The derivative at 0 is 0.</summary>
    public Tensor Abs() => AsNumber().Map<Abs>();

    /// <summary>−1, 0 or 1; NaN stays NaN. The gradient is 0.</summary>
    public Tensor Sign() => AsNumber().Map<Sign>();

    /// <summary>x².</summary>
    public Tensor Square() => AsNumber().Map<Square>();

    /// <summary>√x; NaN below 0. The derivative at 0 is infinite.</summary>
    public Tensor Sqrt() => ToFloatingPoint().Map<Sqrt>();

    /// <summary>1 / √x; infinite at 0, NaN below.</summary>
    public Tensor Rsqrt() => ToFloatingPoint().Map<Rsqrt>();

    /// <summary>1 / x.</summary>
    public Tensor Reciprocal() => ToFloatingPoint().Map<Reciprocal>();

    /// <summary>eˣ; also the exponential activation.</summary>
    public Tensor Exp() => ToFloatingPoint().Map<Exp>();

    /// <summary>eˣ − 1, exact near 0.</summary>
    public Tensor ExpM1() => ToFloatingPoint().Map<ExpM1>();

    /// <summary>The natural logarithm; −∞ at 0, NaN below.</summary>
    public Tensor Log() => ToFloatingPoint().Map<Log>();

    /// <summary>log(1 + x), exact near 0.</summary>
    public Tensor Log1P() => ToFloatingPoint().Map<Log1P>();

    /// <summary>The sine of x radians.</summary>
    public Tensor Sin() => ToFloatingPoint().Map<Sin>();

    /// <summary>The cosine of x radians.</summary>
    public Tensor Cos() => ToFloatingPoint().Map<Cos>();

    /// <summary>The hyperbolic tangent.</summary>
    public Tensor Tanh() => ToFloatingPoint().Map<Tanh>();

    /// <summary>The error function, 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public Tensor Erf() => ToFloatingPoint().Map<Erf>();

    /// <summary>The largest integer not above x. The gradient is 0.</summary>
    public Tensor Floor() => AsNumber().Map<Floor>();

    /// <summary>The smallest integer not below x. The gradient is 0.</summary>
    public Tensor Ceiling() => AsNumber().Map<Ceiling>();

    /// <summary>The nearest integer; halves go to the even one. The gradient is 0.</summary>
    public Tensor Round() => AsNumber().Map<Round>();

    /// <summary>
    /// x limited to [minimum, maximum]; NaN stays NaN. The derivative is 1 on the interval, both ends included, and 0 outside.
    /// </summary>
    /// <exception cref="ArgumentException">The minimum is above the maximum.</exception>
    public Tensor Clip(double minimum, double maximum) => minimum <= maximum
        ? For(minimum).For(maximum).Map(new Clip(minimum, maximum))
        : throw new ArgumentException($"clip: minimum must not be above maximum; got {minimum} and {maximum}.", nameof(minimum));
}
