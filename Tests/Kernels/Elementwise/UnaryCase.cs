using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>A unary function with its naive float64 formula, the interval to test it on, and where it has kinks or jumps.</summary>
public sealed class UnaryCase
{
    private UnaryCase(string name, Func<double, double> reference, double low, double high, double[] kinks)
    {
        Name = name;
        Reference = reference;
        (Low, High) = (low, high);
        Kinks = kinks;
    }

    public string Name { get; }

    public Func<double, double> Reference { get; }

    public double Low { get; }

    public double High { get; }

    public double[] Kinks { get; }

    public Type Function { get; private init; } = typeof(void);

    public required Func<double, double> Value { get; init; }

    public required Func<float[], float[]> Floats { get; init; }

    public Func<double, double>? Derivative { get; private init; }

    public Func<double, double>? SecondDerivative { get; private init; }

    public static UnaryCase Plain<TFunction>(
        TFunction function, Func<double, double> reference, double low = -6, double high = 6, params double[] kinks)
        where TFunction : struct, IUnaryFunction =>
        new(TFunction.Name, reference, low, high, kinks)
        {
            Function = typeof(TFunction),
            Value = x => function.Value(new DoubleLane(x)).Value,
            Floats = x => KernelRunner.Map(function, x),
        };

    public static UnaryCase Smooth<TFunction>(
        TFunction function, Func<double, double> reference, double low = -6, double high = 6, params double[] kinks)
        where TFunction : struct, IDifferentiableFunction
    {
        var derivative = new DerivativeOf<TFunction>(function);
        return new(TFunction.Name, reference, low, high, kinks)
        {
            Function = typeof(TFunction),
            Value = x => function.Value(new DoubleLane(x)).Value,
            Floats = x => KernelRunner.Map(function, x),
            Derivative = x => derivative.Value(new DoubleLane(x)).Value,
            SecondDerivative = x => derivative.Derivative(new DoubleLane(x), new DoubleLane(0)).Value,
        };
    }

    /// <summary>The test's display name.</summary>
    public override string ToString() => Name;
}
