using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Every unary function, one line each. The formulas are those of Keras 3.15's documentation, written naively.</summary>
internal static class UnaryCases
{
    public static readonly UnaryCase[] All =
    [
        UnaryCase.Plain(new LogicalNot(), static x => x == 0 ? 1 : 0),
        UnaryCase.Plain(new IsNaN(), static x => double.IsNaN(x) ? 1 : 0),
        UnaryCase.Plain(new IsFinite(), static x => double.IsFinite(x) ? 1 : 0),
        UnaryCase.Smooth(new Identity(), static x => x),
        UnaryCase.Smooth(new Negate(), static x => -x),
        UnaryCase.Smooth(new Abs(), Math.Abs, -6, 6, 0),
        UnaryCase.Smooth(new Sign(), static x => Math.Sign(x), -6, 6, 0),
        UnaryCase.Smooth(new Square(), static x => x * x),
        UnaryCase.Smooth(new Sqrt(), Math.Sqrt, 0.1, 50),
        UnaryCase.Smooth(new Rsqrt(), static x => 1 / Math.Sqrt(x), 0.1, 50),
        UnaryCase.Smooth(new Reciprocal(), static x => 1 / x, 0.2, 9),
        UnaryCase.Smooth(new Exp(), Math.Exp),
        UnaryCase.Smooth(new ExpM1(), static x => Math.Exp(x) - 1),
        UnaryCase.Smooth(new Log(), Math.Log, 0.05, 30),
        UnaryCase.Smooth(new Log1P(), static x => Math.Log(1 + x), -0.9, 30),
        UnaryCase.Smooth(new Sin(), Math.Sin, -20, 20),
        UnaryCase.Smooth(new Cos(), Math.Cos, -20, 20),
        UnaryCase.Smooth(new Tanh(), Math.Tanh),
        UnaryCase.Smooth(new Erf(), ScalarMath.Erf, -5, 5),
        UnaryCase.Smooth(new Floor(), Math.Floor, -4.3, 4.3, -4, -3, -2, -1, 0, 1, 2, 3, 4),
        UnaryCase.Smooth(new Ceiling(), Math.Ceiling, -4.3, 4.3, -4, -3, -2, -1, 0, 1, 2, 3, 4),
        UnaryCase.Smooth(new Round(), static x => Math.Round(x, MidpointRounding.ToEven), -2.6, 2.6, -2.5, -1.5, -0.5, 0.5, 1.5, 2.5),
        UnaryCase.Smooth(new Clip(-1, 2.5), static x => Math.Clamp(x, -1, 2.5), -6, 6, -1, 2.5),
        UnaryCase.Smooth(new Relu(), static x => Math.Max(x, 0), -6, 6, 0),
        UnaryCase.Smooth(new LeakyRelu(0.2), static x => x > 0 ? x : 0.2 * x, -6, 6, 0),
        UnaryCase.Smooth(new Relu6(), static x => Math.Min(Math.Max(x, 0), 6), -8, 8, 0, 6),
        UnaryCase.Smooth(new ThresholdedRelu(0.1, 4, 0.5), static x => x >= 4 ? 4 : x > 0.5 ? x : 0.1 * (x - 0.5), -6, 6, 0.5, 4),
        UnaryCase.Smooth(
            new ThresholdedRelu(0, double.PositiveInfinity, -1), static x => x > -1 ? x : 0, -6, 6, -1),
        UnaryCase.Smooth(new Celu(0.7), static x => Math.Max(x, 0) + Math.Min(0, 0.7 * (Math.Exp(x / 0.7) - 1)), -6, 6, 0),
        UnaryCase.Smooth(new Elu(0.5), static x => x > 0 ? x : 0.5 * (Math.Exp(x) - 1), -6, 6, 0),
        UnaryCase.Smooth(
            new Selu(), static x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)), -6, 6, 0),
        UnaryCase.Smooth(new Softplus(), static x => Math.Log(Math.Exp(x) + 1), -30, 30),
        UnaryCase.Smooth(new Softsign(), static x => x / (Math.Abs(x) + 1), -6, 6, 0),
        UnaryCase.Smooth(new Squareplus(4), static x => (x + Math.Sqrt(x * x + 4)) / 2),
        UnaryCase.Smooth(new SoftShrink(0.5), static x => x > 0.5 ? x - 0.5 : x < -0.5 ? x + 0.5 : 0, -3, 3, -0.5, 0.5),
        UnaryCase.Smooth(new HardShrink(0.5), static x => Math.Abs(x) > 0.5 ? x : 0, -3, 3, -0.5, 0.5),
        UnaryCase.Smooth(new SparsePlus(), static x => x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4, -3, 3, -1, 1),
        UnaryCase.Smooth(new SparseSigmoid(), static x => x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2, -3, 3, -1, 1),
        UnaryCase.Smooth(new Sigmoid(), static x => 1 / (1 + Math.Exp(-x)), -30, 30),
        UnaryCase.Smooth(new Silu(), static x => x / (1 + Math.Exp(-x)), -30, 30),
        UnaryCase.Smooth(new Gelu(), static x => x / 2 * (1 + ScalarMath.Erf(x / Math.Sqrt(2)))),
        UnaryCase.Smooth(
            new GeluTanh(), static x => x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        UnaryCase.Smooth(new TanhShrink(), static x => x - Math.Tanh(x)),
        UnaryCase.Smooth(new HardSigmoid(), static x => x <= -3 ? 0 : x >= 3 ? 1 : x / 6 + 0.5, -6, 6, -3, 3),
        UnaryCase.Smooth(new HardSilu(), static x => x * (x <= -3 ? 0 : x >= 3 ? 1 : x / 6 + 0.5), -6, 6, -3, 3),
        UnaryCase.Smooth(new HardTanh(), static x => x < -1 ? -1 : x > 1 ? 1 : x, -3, 3, -1, 1),
        UnaryCase.Smooth(new Mish(), static x => x * Math.Tanh(Math.Log(1 + Math.Exp(x))), -20, 20, 0),
        UnaryCase.Smooth(new LogSigmoid(), static x => -Math.Log(1 + Math.Exp(-x)), -30, 30),
        UnaryCase.Smooth(new Threshold(1, -2), static x => x > 1 ? x : -2, -3, 3, 1),
        UnaryCase.Smooth(new BoundRight<Divide>(4), static x => x / 4),
        UnaryCase.Smooth(new BoundLeft<Divide>(4), static x => 4 / x, 0.3, 6),
        UnaryCase.Smooth(new BoundLeft<Subtract>(1), static x => 1 - x),
        UnaryCase.Smooth(new BoundRight<Power>(3), static x => x * x * x, 0.3, 4),
        UnaryCase.Smooth(new BoundLeft<Power>(3), static x => Math.Pow(3, x), -3, 3),
        UnaryCase.Smooth(new BoundRight<Maximum>(1), static x => Math.Max(x, 1), -3, 3, 1),
    ];
}
