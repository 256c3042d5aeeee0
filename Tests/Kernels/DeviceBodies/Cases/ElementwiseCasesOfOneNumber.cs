using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Every function of one number: its values, in place, and its gradient, whose own gradient some have too.</summary>
public static class ElementwiseCasesOfOneNumber
{
    // The host's polynomials and a device's library both keep to a few units in the last place; derivatives combine several.
    private const double Rounding = 1.0 / (1 << 22);

    private static readonly float[] Special = [0, -0f, 1, -1, 0.5f, 2.5f, 3, 6, -3, 40, -40, float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    public static IEnumerable<KernelCase> All =>
    [
        Function(new Abs()), Function(new Celu(0.7)), Function(new Ceiling()), Function(new Clip(-1, 1.5)),
        Function(new Elu(0.5)), Function(new Erf()), Function(new Exp()), Function(new ExpM1()), Function(new Floor()),
        Function(new Gelu()), Function(new GeluTanh()), Function(new HardShrink(0.5)), Function(new HardSigmoid()),
        Function(new HardSilu()), Function(new HardTanh()), Function(new Identity()), Function(new LeakyRelu(0.2)),
        Function(new Log()), Function(new Log1P()), Function(new LogSigmoid()), Function(new Mish()), Function(new Negate()),
        Function(new Reciprocal()), Function(new Relu()), Function(new Relu6()), Function(new Round()), Function(new Rsqrt()),
        Function(new Selu()), Function(new Sigmoid()), Function(new Sign()), Function(new Silu()), Function(new SoftShrink(0.5)),
        Function(new Softplus()), Function(new Softsign()), Function(new SparsePlus()), Function(new SparseSigmoid()),
        Function(new Sqrt()), Function(new Square()), Function(new Squareplus(4)), Function(new Tanh()), Function(new TanhShrink()),
        Function(new Threshold(0.5, -2)), Function(new ThresholdedRelu(0.1, 1.5, 0.5)),
        Function(new ThresholdedRelu(0, double.PositiveInfinity, -1)), Function(new Sin(), special: false),
        Function(new Cos(), special: false), Function(new BoundRight<Divide>(4)), Function(new BoundLeft<Subtract>(1)),
        Function(new BoundRight<Power>(3)), Function(new BoundLeft<Power>(3)), Function(new BoundRight<Maximum>(1)),
        Function(new DerivativeOf<Tanh>(new())), Function(new DerivativeOf<Gelu>(new())),
        Function(new DerivativeOf<DerivativeOf<Silu>>(new(new()))),
        OfDoubles(new Gelu()), OfDoubles(new Sigmoid()), OfDoubles(new Softplus()), OfDoubles(new Relu()), OfDoubles(new Elu(0.5)),
        OfIntegers<Abs, int>(new(), 3, -4, 0, int.MaxValue), OfIntegers<Negate, int>(new(), 3, int.MinValue),
        OfIntegers<Square, long>(new(), 3_000_000_000, -7), OfIntegers<Sign, long>(new(), 3_000_000_000, -7, 0),
        OfIntegers<Abs, byte>(new(), 3, 200), OfIntegers<Clip, int>(new(-2, 5), -9, 3, 9), OfIntegers<Clip, byte>(new(2, 5), 0, 3, 9),
        OfIntegers<BoundRight<Power>, int>(new(3), 2, -5, 70000), OfIntegers<BoundLeft<Power>, int>(new(2), 0, 5, 31, -1),
        OfIntegers<BoundRight<Divide>, int>(new(-3), 7, -7, 6), OfIntegers<BoundRight<FloorModulo>, long>(new(-3), 7, -7, 6),
    ];

    private static KernelCase Function<TFunction>(TFunction function, bool special = true)
        where TFunction : struct, IDifferentiableFunction => new($"{TFunction.Name} of float32", bench =>
        {
            float[] x = special ? [.. Special, .. Samples.Floats(37)] : Samples.Floats(37);
            var y = bench.Output<float>(x.Length, Rounding);
            bench.Run(new MapKernel<TFunction, float>(function, bench.Input<float>(x), y));
            bench.Run(new MapGradientKernel<TFunction, float>(
                function, bench.Input<float>(x), y, bench.Input<float>(Samples.Floats(x.Length, 2)), bench.Output<float>(x.Length, Rounding)));
        });

    private static KernelCase OfDoubles<TFunction>(TFunction function)
        where TFunction : struct, IDifferentiableFunction => new($"{TFunction.Name} of float64, in place", bench =>
        {
            var x = bench.Input<double>(Samples.Doubles(19));
            var y = bench.InOut<double>(1e-14, Samples.Doubles(19));
            var gradient = bench.InOut<double>(1e-14, Samples.Doubles(19, 2));
            bench.Run(new MapKernel<TFunction, double>(function, y, y));
            bench.Run(new MapGradientKernel<TFunction, double>(function, x, y, gradient, gradient));
        });

    private static KernelCase OfIntegers<TFunction, T>(TFunction function, params T[] values)
        where TFunction : struct, IUnaryFunction
        where T : unmanaged => new($"{TFunction.Name} of {typeof(T).Name}", bench =>
            bench.Run(new MapKernel<TFunction, T>(function, bench.Input<T>(values), bench.Output<T>(values.Length))));
}
