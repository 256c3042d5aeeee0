using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

// Keras' activations, element by element, with its formulas, parameters and defaults. Derivatives at kinks are those of Keras' backends.
public partial class Tensor
{
    /// <summary>Rectified linear unit: x above the threshold, at most the maximum; negativeSlope · (x − threshold) up to it.</summary>
    /// <param name="negativeSlope">The slope up to the threshold.</param>
    /// <param name="maximum">The saturation value; none by default.</param>
    /// <param name="threshold">Where the function switches.</param>
    /// <remarks>
    /// The derivative at the threshold is 0 (the slope, if there is one and the threshold is 0 without a maximum), and at the
    /// maximum 1.
    /// </remarks>
    public Tensor Relu(double negativeSlope = 0, double? maximum = null, double threshold = 0)
    {
        if (maximum is null && threshold == 0)
            return negativeSlope == 0 ? AsNumber().Map<Relu>() : LeakyRelu(negativeSlope);
        var function = new ThresholdedRelu(negativeSlope, maximum ?? double.PositiveInfinity, threshold);
        return ToFloatingPoint().Map(function);
    }

    /// <summary>x above 0, negativeSlope · x below. The derivative at 0 is negativeSlope.</summary>
    /// <param name="negativeSlope">The slope below 0.</param>
    public Tensor LeakyRelu(double negativeSlope = 0.2) => ToFloatingPoint().Map(new LeakyRelu(negativeSlope));

    /// <summary>min(max(x, 0), 6). The derivative at 0 and at 6 is 0.</summary>
    public Tensor Relu6() => ToFloatingPoint().Map<Relu6>();

    /// <summary>x above 0, α·(e^(x/α) − 1) below (Barron 2017, arXiv:1704.07483).</summary>
    /// <param name="alpha">The limit towards −∞, negated.</param>
    public Tensor Celu(double alpha = 1) => ToFloatingPoint().Map(new Celu(alpha));

    /// <summary>Exponential linear unit: x above 0, α·(eˣ − 1) below. The derivative at 0 is α (Clevert 2015, arXiv:1511.07289).</summary>
    /// <param name="alpha">The limit towards −∞, negated.</param>
    public Tensor Elu(double alpha = 1) => ToFloatingPoint().Map(new Elu(alpha));

    /// <summary>
    /// Scaled exponential linear unit, 1.0507·elu(x, 1.6733). The derivative at 0 is 1.7581 (Klambauer 2017, arXiv:1706.02515).
    /// </summary>
    public Tensor Selu() => ToFloatingPoint().Map<Selu>();

    /// <summary>log(eˣ + 1), without overflow.</summary>
    public Tensor Softplus() => ToFloatingPoint().Map<Softplus>();

    /// <summary>x / (|x| + 1).</summary>
    public Tensor Softsign() => ToFloatingPoint().Map<Softsign>();

    /// <summary>(x + √(x² + b)) / 2 (Barron 2021, arXiv:2112.11687).</summary>
    /// <param name="b">The smoothness.</param>
    public Tensor Squareplus(double b = 4) => ToFloatingPoint().Map(new Squareplus(b));

    /// <summary>x moved towards 0 by the threshold, and 0 within it. The derivative at ±threshold is 0.</summary>
    /// <param name="threshold">How far.</param>
    public Tensor SoftShrink(double threshold = 0.5) => ToFloatingPoint().Map(new SoftShrink(threshold));

    /// <summary>x where |x| exceeds the threshold, else 0; NaN stays NaN. The derivative at ±threshold is 0.</summary>
    /// <param name="threshold">Magnitudes up to it become 0.</param>
    public Tensor HardShrink(double threshold = 0.5) => ToFloatingPoint().Map(new HardShrink(threshold));

    /// <summary>x − tanh(x).</summary>
    public Tensor TanhShrink() => ToFloatingPoint().Map<TanhShrink>();

    /// <summary>0 up to −1, (x + 1)² / 4 between, x from 1.</summary>
    public Tensor SparsePlus() => ToFloatingPoint().Map<SparsePlus>();

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public Tensor Sigmoid() => ToFloatingPoint().Map<Sigmoid>();

    /// <summary>0 up to −1, (x + 1) / 2 between, 1 from 1. The derivative at −1 and 1 is 0.</summary>
    public Tensor SparseSigmoid() => ToFloatingPoint().Map<SparseSigmoid>();

    /// <summary>x / 6 + 1/2 limited to [0, 1]. The derivative at −3 and 3 is 0.</summary>
    public Tensor HardSigmoid() => ToFloatingPoint().Map<HardSigmoid>();

    /// <summary>log(sigmoid(x)), without overflow.</summary>
    public Tensor LogSigmoid() => ToFloatingPoint().Map<LogSigmoid>();

    /// <summary>x · sigmoid(x), also called swish (Ramachandran 2017, arXiv:1710.05941).</summary>
    public Tensor Silu() => ToFloatingPoint().Map<Silu>();

    /// <summary>
    /// x · hard_sigmoid(x), also called hard swish. The derivative is −1/2 at −3 and 1 at 3 (Howard 2019, arXiv:1905.02244).
    /// </summary>
    public Tensor HardSilu() => ToFloatingPoint().Map<HardSilu>();

    /// <summary>Gaussian error linear unit, x · Φ(x) (Hendrycks 2016, arXiv:1606.08415).</summary>
    /// <param name="approximate">Whether Φ is replaced by its tanh approximation.</param>
    public Tensor Gelu(bool approximate = false) => approximate ? ToFloatingPoint().Map<GeluTanh>() : ToFloatingPoint().Map<Gelu>();

    /// <summary>x limited to [−1, 1]. The derivative at −1 and 1 is 0.</summary>
    public Tensor HardTanh() => ToFloatingPoint().Map<HardTanh>();

    /// <summary>x · tanh(softplus(x)) (Misra 2019, arXiv:1908.08681).</summary>
    public Tensor Mish() => ToFloatingPoint().Map<Mish>();

    /// <summary>x above the threshold, else the default value; NaN stays NaN. The derivative at the threshold is 0.</summary>
    /// <param name="threshold">Values up to it are replaced.</param>
    /// <param name="defaultValue">What they are replaced by.</param>
    public Tensor Threshold(double threshold, double defaultValue) => ToFloatingPoint().Map(new Threshold(threshold, defaultValue));
}
