using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Elementwise;

/// <summary>Each binary function against its formula in both precisions, and its partial derivatives against differences.</summary>
public class BinaryFunctionTests
{
    private const double Step = 1e-5;

    // No two are equal and none is an integer multiple of another, so there is no kink or jump among the pairs.
    private static readonly double[] Positive = [0.3, 0.73, 1.4, 2.9, 4.1];
    private static readonly double[] Mixed = [-3.7, -1.3, -0.31, 0.77, 1.9, 3.3];

    private static readonly object[] Cases =
    [
        Differentiable(new Add(), Mixed, static (a, b) => a + b),
        Differentiable(new Subtract(), Mixed, static (a, b) => a - b),
        Differentiable(new Multiply(), Mixed, static (a, b) => a * b),
        Differentiable(new Divide(), Mixed, static (a, b) => a / b),
        Differentiable(new FloorDivide(), Mixed, static (a, b) => Math.Floor(a / b)),
        Differentiable(new FloorModulo(), Mixed, static (a, b) => a - Math.Floor(a / b) * b),
        Differentiable(new Power(), Positive, Math.Pow),
        Differentiable(new Minimum(), Mixed, Math.Min),
        Differentiable(new Maximum(), Mixed, Math.Max),
        Differentiable(new AddRelu(), Mixed, static (a, b) => Math.Max(a + b, 0)),
        Differentiable(new SquaredDifference(), Mixed, static (a, b) => (a - b) * (a - b)),
        Plain(new Less(), Mixed, static (a, b) => a < b ? 1 : 0),
        Plain(new LessEqual(), Mixed, static (a, b) => a <= b ? 1 : 0),
        Plain(new Greater(), Mixed, static (a, b) => a > b ? 1 : 0),
        Plain(new GreaterEqual(), Mixed, static (a, b) => a >= b ? 1 : 0),
        Plain(new Equal(), Mixed, static (a, b) => a == b ? 1 : 0),
        Plain(new NotEqual(), Mixed, static (a, b) => a != b ? 1 : 0),
        Plain(new LogicalAnd(), [0, 1, 3, 0], static (a, b) => a != 0 && b != 0 ? 1 : 0),
        Plain(new LogicalOr(), [0, 1, 3, 0], static (a, b) => a != 0 || b != 0 ? 1 : 0),
    ];

    private static IEnumerable<BinaryCase> WithPartials => Cases.Cast<BinaryCase>().Where(static c => c.PartialA is not null);

    [TestCaseSource(nameof(Cases))]
    public void Value_EveryPair_IsTheFormula(BinaryCase function)
    {
        foreach (var (a, b) in Pairs(function.Points))
        {
            Assert.That(function.Value(a, b), Is.EqualTo(function.Reference(a, b)).Within(1e-13), $"{function}({a}, {b})");
            var expected = function.Reference((float)a, (float)b);
            Assert.That(
                function.FloatValue((float)a, (float)b), Is.EqualTo(expected).Within(1.2e-7 * Math.Max(1, Math.Abs(expected))),
                $"{function}({a}, {b}) in float32");
        }
    }

    [TestCaseSource(nameof(WithPartials))]
    public void Partials_EveryPair_AreTheCentralDifferences(BinaryCase function)
    {
        foreach (var (a, b) in Pairs(function.Points).Where(static pair => pair.A != pair.B))
        {
            var byA = (function.Value(a + Step, b) - function.Value(a - Step, b)) / (2 * Step);
            var byB = (function.Value(a, b + Step) - function.Value(a, b - Step)) / (2 * Step);
            Assert.That(function.PartialA!(a, b), Is.EqualTo(byA).Within(1e-6 * Math.Max(1, Math.Abs(byA))), $"∂a {function}({a}, {b})");
            Assert.That(function.PartialB!(a, b), Is.EqualTo(byB).Within(1e-6 * Math.Max(1, Math.Abs(byB))), $"∂b {function}({a}, {b})");
        }
    }

    [Test]
    public void Functions_OfTheAssembly_AllHaveACase()
    {
        var tested = Cases.Cast<BinaryCase>().Select(static c => c.Function).ToHashSet();
        var declared = typeof(Add).Assembly.GetTypes().Where(static type =>
            type.Namespace == typeof(Add).Namespace && typeof(IBinaryFunction).IsAssignableFrom(type));
        Assert.That(declared.Where(type => !tested.Contains(type)), Is.Empty);
    }

    [Test]
    public void MinimumAndMaximum_NaNInEitherOperand_GiveNaN()
    {
        float[] a = [float.NaN, 1, float.NaN];
        float[] b = [1, float.NaN, float.NaN];
        Assert.That(KernelRunner.Zip(new Minimum(), a, [3], b, [3], [3]), Is.All.NaN);
        Assert.That(KernelRunner.Zip(new Maximum(), a, [3], b, [3], [3]), Is.All.NaN);
    }

    [Test]
    public void Comparisons_NaN_AreFalseButNotEqualIsTrue()
    {
        float[] nan = [float.NaN];
        Assert.That(KernelRunner.Compare(new LessEqual(), nan, [1], [1f], [1], [1])[0], Is.Zero);
        Assert.That(KernelRunner.Compare(new GreaterEqual(), nan, [1], [1f], [1], [1])[0], Is.Zero);
        Assert.That(KernelRunner.Compare(new Equal(), nan, [1], nan, [1], [1])[0], Is.Zero);
        Assert.That(KernelRunner.Compare(new NotEqual(), nan, [1], nan, [1], [1])[0], Is.EqualTo(1));
    }

    [Test]
    public void MinimumAndMaximum_EqualOperands_GiveTheGradientToTheFirst()
    {
        var one = new DoubleLane(1);
        Assert.That((new Maximum().PartialA(one, one, one).Value, new Maximum().PartialB(one, one, one).Value), Is.EqualTo((1, 0)));
        Assert.That((new Minimum().PartialA(one, one, one).Value, new Minimum().PartialB(one, one, one).Value), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Power_AtZero_HasFinitePartials()
    {
        var (zero, one, two) = (new DoubleLane(0), new DoubleLane(1), new DoubleLane(2));
        Assert.That(new Power().PartialA(zero, zero, one).Value, Is.Zero);
        Assert.That(new Power().PartialB(zero, two, zero).Value, Is.Zero);
    }

    [Test]
    public void IntegerDivision_EverySign_RoundsDownAndNeverTraps()
    {
        int[] a = [7, -7, 7, -7, 5, int.MinValue];
        int[] b = [2, 2, -2, -2, 0, -1];
        Assert.That(KernelRunner.Zip(new FloorDivide(), a, [6], b, [6], [6]), Is.EqualTo(new[] { 3, -4, -4, 3, 0, int.MinValue }));
        Assert.That(KernelRunner.Zip(new FloorModulo(), a, [6], b, [6], [6]), Is.EqualTo(new[] { 1, 1, -1, -1, 0, 0 }));
        long[] c = [long.MinValue, 9];
        Assert.That(KernelRunner.Zip(new FloorDivide(), c, [2], [-1L, 0], [2], [2]), Is.EqualTo(new[] { long.MinValue, 0 }));
    }

    [Test]
    public void IntegerPower_EveryKindOfExponent_WrapsAround()
    {
        int[] a = [3, -2, 2, 7, 2, -1, 0];
        int[] b = [4, 3, 33, 0, -1, -3, -1];
        Assert.That(KernelRunner.Zip(new Power(), a, [7], b, [7], [7]), Is.EqualTo(new[] { 81, -8, 0, 1, 0, -1, 0 }));
        Assert.That(KernelRunner.Zip<Power, long>(new Power(), [2], [1], [62], [1], [1])[0], Is.EqualTo(1L << 62));
    }

    private static IEnumerable<(double A, double B)> Pairs(double[] points) =>
        points.SelectMany(_ => points, static (a, b) => (a, b));

    private static BinaryCase Plain<TFunction>(TFunction function, double[] points, Func<double, double, double> reference)
        where TFunction : struct, IBinaryFunction =>
        new(TFunction.Name, typeof(TFunction), points, reference)
        {
            Value = (a, b) => function.Value(new DoubleLane(a), new DoubleLane(b)).Value,
            FloatValue = (a, b) => KernelRunner.Zip(function, [a], [1], [b], [1], [1])[0],
        };

    private static BinaryCase Differentiable<TFunction>(TFunction function, double[] points, Func<double, double, double> reference)
        where TFunction : struct, IDifferentiableBinaryFunction =>
        Plain(function, points, reference) with
        {
            PartialA = (a, b) =>
                function.PartialA(
                    new DoubleLane(a), new DoubleLane(b), new DoubleLane(function.Value(new DoubleLane(a), new DoubleLane(b)).Value)).Value,
            PartialB = (a, b) =>
                function.PartialB(
                    new DoubleLane(a), new DoubleLane(b), new DoubleLane(function.Value(new DoubleLane(a), new DoubleLane(b)).Value)).Value,
        };

    /// <summary>A binary function, its naive formula, and points of which all pairs are tried.</summary>
    public sealed record BinaryCase(string Name, Type Function, double[] Points, Func<double, double, double> Reference)
    {
        public required Func<double, double, double> Value { get; init; }

        public required Func<float, float, float> FloatValue { get; init; }

        public Func<double, double, double>? PartialA { get; init; }

        public Func<double, double, double>? PartialB { get; init; }

        public override string ToString() => Name;
    }
}
