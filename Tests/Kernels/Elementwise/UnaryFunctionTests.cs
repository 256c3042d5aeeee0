using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Each unary function against its formula, its derivative against central differences, and at special values.</summary>
public class UnaryFunctionTests
{
    private const int Points = 487;

    // A function is a few roundings of float32; its argument's own rounding is not its fault.
    private const double FloatTolerance = 4e-7;
    private const double DoubleTolerance = 1e-12;
    private const double DifferenceTolerance = 1e-6;
    private const double DifferenceStep = 1e-5;

    // Each is defined for floats of any kind, NaN included.
    private static readonly HashSet<Type> Predicates = [typeof(IsNaN), typeof(IsFinite), typeof(LogicalNot)];

    private static IEnumerable<UnaryCase> All => UnaryCases.All;

    private static IEnumerable<UnaryCase> Differentiable => UnaryCases.All.Where(static c => c.Derivative is not null);

    [TestCaseSource(nameof(All))]
    public void Value_Float64_IsTheFormula(UnaryCase function)
    {
        foreach (var x in Grid(function))
            Assert.That(function.Value(x), IsNear(function.Reference(x), DoubleTolerance), $"{function}({x})");
    }

    [TestCaseSource(nameof(All))]
    public void Value_Float32Lanes_IsTheFormula(UnaryCase function)
    {
        var x = Grid(function).Select(static v => (float)v).ToArray();
        var y = function.Floats(x);
        for (var i = 0; i < x.Length; i++)
            Assert.That(y[i], IsNear(function.Reference(x[i]), FloatTolerance), $"{function}({x[i]:R})");
    }

    [TestCaseSource(nameof(Differentiable))]
    public void Derivative_AwayFromKinks_IsTheCentralDifference(UnaryCase function)
    {
        foreach (var x in Grid(function))
        {
            var difference = (function.Value(x + DifferenceStep) - function.Value(x - DifferenceStep)) / (2 * DifferenceStep);
            Assert.That(function.Derivative!(x), IsNear(difference, DifferenceTolerance), $"{function}'({x})");
        }
    }

    [TestCaseSource(nameof(Differentiable))]
    public void SecondDerivative_AwayFromKinks_IsTheCentralDifference(UnaryCase function)
    {
        foreach (var x in Grid(function))
        {
            var difference =
                (function.Derivative!(x + DifferenceStep) - function.Derivative!(x - DifferenceStep)) / (2 * DifferenceStep);
            Assert.That(function.SecondDerivative!(x), IsNear(difference, DifferenceTolerance), $"{function}''({x})");
        }
    }

    [TestCaseSource(nameof(All))]
    public void Value_NaN_StaysNaN(UnaryCase function)
    {
        if (Predicates.Contains(function.Function))
            Assert.That(function.Floats([float.NaN])[0], Is.EqualTo((float)function.Reference(double.NaN)));
        else
            Assert.That(function.Floats([float.NaN])[0], Is.NaN);
    }

    [Test]
    public void Functions_OfTheAssembly_AllHaveACase()
    {
        var tested = UnaryCases.All.Select(static c => c.Function).ToHashSet();
        var declared = typeof(Relu).Assembly.GetTypes().Where(static type =>
            type.Namespace == typeof(Relu).Namespace && typeof(IUnaryFunction).IsAssignableFrom(type));
        Assert.That(declared.Where(type => !tested.Contains(type)), Is.Empty);
    }

    // The values that Keras' backends give, and that the functions' documentation states.
    [TestCase("abs", 0, 0)]
    [TestCase("sign", 0, 0)]
    [TestCase("relu", 0, 0)]
    [TestCase("leaky_relu", 0, 0.2)]
    [TestCase("relu6", 6, 0)]
    [TestCase("elu", 0, 0.5)]
    [TestCase("selu", 0, 1.0507009873554805 * 1.6732632423543772)]
    [TestCase("soft_shrink", 0.5, 0)]
    [TestCase("hard_shrink", -0.5, 0)]
    [TestCase("sparse_sigmoid", 1, 0)]
    [TestCase("hard_sigmoid", -3, 0)]
    [TestCase("hard_silu", -3, -0.5)]
    [TestCase("hard_silu", 3, 1)]
    [TestCase("hard_tanh", 1, 0)]
    [TestCase("threshold", 1, 0)]
    [TestCase("clip", -1, 1)]
    public void Derivative_AtKink_IsAsStated(string name, double x, double expected)
    {
        var function = UnaryCases.All.First(c => c.Name == name);
        Assert.That(function.Derivative!(x), Is.EqualTo(expected).Within(1e-12));
    }

    [TestCase("softplus", 200, 200)]
    [TestCase("softplus", -200, 0)]
    [TestCase("sigmoid", -200, 0)]
    [TestCase("sigmoid", 200, 1)]
    [TestCase("log_sigmoid", -200, -200)]
    [TestCase("log_sigmoid", 200, 0)]
    [TestCase("mish", 200, 200)]
    [TestCase("mish", -200, 0)]
    [TestCase("gelu", -50, 0)]
    [TestCase("elu", -200, -0.5f)]
    [TestCase("relu", float.NegativeInfinity, 0)]
    public void Value_FarOut_DoesNotOverflow(string name, float x, float expected) =>
        Assert.That(UnaryCases.All.First(c => c.Name == name).Floats([x])[0], Is.EqualTo(expected));

    private static NUnit.Framework.Constraints.Constraint IsNear(double expected, double tolerance) =>
        Is.EqualTo(expected).Within(tolerance * Math.Max(1, Math.Abs(expected)));

    // Points that keep clear of kinks by more than a difference's step.
    private static IEnumerable<double> Grid(UnaryCase function)
    {
        for (var i = 0; i < Points; i++)
        {
            var x = function.Low + (function.High - function.Low) * (i + 0.37) / Points;
            if (!function.Kinks.Any(kink => Math.Abs(kink - x) < 3 * DifferenceStep))
                yield return x;
        }
    }
}
