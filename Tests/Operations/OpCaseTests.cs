using System.Reflection;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>What every operation must do, on the run's device: the table is <see cref="OpCases"/>.</summary>
public class OpCaseTests
{
    private const double DifferenceStep = 1e-5;

    // Rounding of float64 divided by the step, and the step's square times a third derivative.
    private const double DifferenceTolerance = 2e-6;

    // Methods that make tensors or move them, and so compute nothing.
    private static readonly HashSet<string> NotOperations =
        ["From", "Scalar", "Zeros", "Ones", "Full", "Eye", "Range", "To", "Keep", "CustomGradient"];

    private static IEnumerable<OpCase> All => OpCases.All;

    private static IEnumerable<OpCase> Differentiable => OpCases.All.Where(static c => c.IsDifferentiable);

    private static IEnumerable<OpCase> WithBadShapes => OpCases.All.Where(static c => c.BadShapes.Length > 0);

    private static IEnumerable<OpCase> PropagatingNaN => OpCases.All.Where(static c => c.PropagatesNaN);

    [TestCaseSource(nameof(All))]
    public void Forward_Float32_IsTheReference(OpCase operation) =>
        CheckForward(operation, DType.Float32, Tolerance.For<float>(operation.Roundings));

    [TestCaseSource(nameof(All))]
    public void Forward_Float64_IsTheReference(OpCase operation) =>
        // The reference itself rounds as often.
        CheckForward(operation, DType.Float64, 4 * Tolerance.For<double>(operation.Roundings));

    [TestCaseSource(nameof(All))]
    public void Forward_Twice_SameBits(OpCase operation)
    {
        foreach (var shapes in operation.Shapes)
        {
            var inputs = Tensors(operation, operation.MakeInputs(shapes), DType.Float32);
            Assert.That(NdArray.Of(operation.Run(inputs)).Values, Is.EqualTo(NdArray.Of(operation.Run(inputs)).Values));
        }
    }

    [TestCaseSource(nameof(All))]
    public void Forward_SymbolicInputs_SameShapeAndDType(OpCase operation)
    {
        foreach (var shapes in operation.Shapes)
        {
            var inputs = Tensors(operation, operation.MakeInputs(shapes), DType.Float32);
            var expected = operation.Run(inputs);
            var actual = operation.Run([.. inputs.Select(static input => Tensor.Symbolic(input.Shape, input.DType))]);
            Assert.That((actual.Shape, actual.DType), Is.EqualTo((expected.Shape, expected.DType)));
        }
    }

    [TestCaseSource(nameof(PropagatingNaN))]
    public void Forward_NaNInAnInput_ShowsInTheOutput(OpCase operation)
    {
        var arrays = operation.MakeInputs(operation.Shapes[0]);
        for (var i = 0; i < arrays.Length; i++)
        {
            if (operation.DTypes.ContainsKey(i))
                continue;
            var changed = operation.MakeInputs(operation.Shapes[0]);
            changed[i].Values[^1] = double.NaN;
            var output = NdArray.Of(operation.Run(Tensors(operation, changed, DType.Float32)));
            Assert.That(output.Values, Has.Some.NaN, $"input {i}");
        }
    }

    [TestCaseSource(nameof(Differentiable))]
    public void Gradient_Float64_IsTheFiniteDifference(OpCase operation)
    {
        var arrays = operation.MakeInputs(operation.Shapes[0]);
        var weights = Weights(operation.Run(Tensors(operation, arrays, DType.Float64)).Shape);
        CheckDerivative(
            operation, arrays, inputs => Weigh(operation.Run(inputs), weights), inputs => Gradients(operation, inputs, weights));
    }

    [TestCaseSource(nameof(Differentiable))]
    public void SecondGradient_Float64_IsTheFiniteDifferenceOfTheFirst(OpCase operation)
    {
        var arrays = operation.MakeInputs(operation.Shapes[0]);
        var weights = Weights(operation.Run(Tensors(operation, arrays, DType.Float64)).Shape);
        double WeighGradients(Tensor[] inputs) =>
            Gradients(operation, inputs, weights).Select(
                static (gradient, i) => gradient is null ? 0 : Weigh(gradient, Weights(gradient.Shape, i))).Sum();

        CheckDerivative(operation, arrays, WeighGradients, inputs =>
        {
            using var outer = new GradientTape(persistent: true);
            Watch(outer, inputs);
            var gradients = Gradients(operation, inputs, weights);
            var sums = new Tensor?[inputs.Length];
            for (var i = 0; i < gradients.Length; i++)
            {
                if (gradients[i] is not { } gradient)
                    continue;
                var second = outer.Gradient(gradient, inputs, Weights(gradient.Shape, i).ToTensor(DType.Float64));
                for (var j = 0; j < sums.Length; j++)
                    sums[j] = sums[j] is { } sum && second[j] is { } more ? sum + more : sums[j] ?? second[j];
            }
            return sums;
        });
    }

    [TestCaseSource(nameof(WithBadShapes))]
    public void BadShapes_AreRefused_ByNamingThem(OpCase operation)
    {
        foreach (var shapes in operation.BadShapes)
        {
            var inputs = Tensors(operation, operation.MakeInputs(shapes), DType.Float32);
            var error = Assert.Throws<ShapeException>(() => operation.Run(inputs))!;
            foreach (var shape in shapes)
                Assert.That(error.Message, Does.Contain(shape.ToString()));
        }
    }

    [Test]
    public void Operations_OfTensor_AllHaveACase()
    {
        var covered = OpCases.All.Select(static c => c.Method).ToHashSet();
        var methods = typeof(Tensor)
            .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(static method => method.ReturnType == typeof(Tensor) || method.ReturnType == typeof(Tensor[]))
            .Select(static method => method.Name)
            .Where(static name => !NotOperations.Contains(name))
            .Distinct();
        Assert.That(methods.Where(name => !covered.Contains(name)), Is.Empty);
    }

    private static void CheckForward(OpCase operation, DType dtype, double tolerance)
    {
        foreach (var shapes in operation.Shapes)
        {
            var arrays = operation.MakeInputs(shapes);
            var expected = operation.Reference(arrays);
            var actual = NdArray.Of(operation.Run(Tensors(operation, arrays, dtype)));
            Assert.That(actual.Shape, Is.EqualTo(expected.Shape));
            for (var i = 0; i < expected.Values.Length; i++)
            {
                Assert.That(
                    actual.Values[i], Is.EqualTo(expected.Values[i]).Within(tolerance * Math.Max(1, Math.Abs(expected.Values[i]))),
                    $"element {i} of {string.Join<Shape>(", ", shapes)}");
            }
        }
    }

    private static void CheckDerivative(
        OpCase operation, NdArray[] arrays, Func<Tensor[], double> function, Func<Tensor[], Tensor?[]> derivative)
    {
        var analytic = derivative(Tensors(operation, arrays, DType.Float64));
        for (var i = 0; i < arrays.Length; i++)
        {
            if (operation.DTypes.ContainsKey(i))
                continue;
            // No gradient means that the result does not depend on the input.
            var gradient = analytic[i] is { } tensor ? NdArray.Of(tensor) : NdArray.Generate(arrays[i].Shape, static _ => 0);
            Assert.That(gradient.Shape, Is.EqualTo(arrays[i].Shape));
            for (var j = 0; j < arrays[i].Values.Length; j++)
            {
                var value = arrays[i].Values[j];
                arrays[i].Values[j] = value + DifferenceStep;
                var above = function(Tensors(operation, arrays, DType.Float64));
                arrays[i].Values[j] = value - DifferenceStep;
                var below = function(Tensors(operation, arrays, DType.Float64));
                arrays[i].Values[j] = value;
                var difference = (above - below) / (2 * DifferenceStep);
                Assert.That(
                    gradient.Values[j], Is.EqualTo(difference).Within(DifferenceTolerance * Math.Max(1, Math.Abs(difference))),
                    $"input {i}, element {j}, value {value}");
            }
        }
    }

    private static Tensor?[] Gradients(OpCase operation, Tensor[] inputs, NdArray weights)
    {
        using var tape = new GradientTape();
        Watch(tape, inputs);
        return tape.Gradient(operation.Run(inputs), inputs, weights.ToTensor(DType.Float64));
    }

    private static void Watch(GradientTape tape, Tensor[] inputs)
    {
        foreach (var input in inputs)
        {
            if (input.DType.IsFloatingPoint())
                tape.Watch(input);
        }
    }

    private static Tensor[] Tensors(OpCase operation, NdArray[] arrays, DType dtype) =>
        [.. arrays.Select((array, i) => array.ToTensor(operation.DTypes.GetValueOrDefault(i, dtype)))];

    private static NdArray Weights(Shape shape, int seed = 0)
    {
        var random = new Random(1000 + seed);
        return NdArray.Generate(shape, _ => 2 * random.NextDouble() - 1);
    }

    private static double Weigh(Tensor tensor, NdArray weights) =>
        NdArray.Of(tensor).Values.Zip(weights.Values, static (value, weight) => value * weight).Sum();
}
