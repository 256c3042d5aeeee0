using NUnit.Framework;

namespace GpuKeras.Tests.Layers.Sequence;

/// <summary>Values, comparisons and finite differences for the tests of sequence layers, all in float64.</summary>
internal static class SequenceChecks
{
    // A few dozen operations on numbers of about 1, each rounded to 2⁻⁵³ and none of them cancelling.
    private const double ForwardTolerance = 1e-12;

    // Central differences of step h err by about h²/6 · f''' + 2⁻⁵³ · |f| / h, which is least, near 1e-10, for h near 1e-5;
    // times the terms of f.
    private const double Step = 1e-5;
    private const double GradientTolerance = 1e-8;

    /// <summary>Numbers in [−1, 1).</summary>
    public static Tensor Random(Shape shape, int seed) => Tensor.From(Support.Samples.Uniform<double>((int)shape.Size, seed), shape);

    /// <summary>Gives a built layer random weights.</summary>
    public static void Randomize(GpuKeras.Layers.Layer layer, int seed) =>
        layer.SetWeights([.. layer.Weights.Select((weight, i) => Random(weight.Shape, seed + i))]);

    public static void AreClose(Tensor actual, double[] expected)
    {
        var values = actual.ToArray<double>();
        Assert.That(values, Has.Length.EqualTo(expected.Length));
        for (var i = 0; i < values.Length; i++)
            Assert.That(values[i], Is.EqualTo(expected[i]).Within(ForwardTolerance), $"element {i} of {actual.Shape}");
    }

    /// <summary>Compares the gradients of Σ c · f, with random c, to central differences at every element of weights and inputs.</summary>
    /// <param name="layer">The layer, built, of float64.</param>
    /// <param name="inputs">The inputs of f.</param>
    /// <param name="call">f: all outputs of the layer.</param>
    public static void CheckGradients(GpuKeras.Layers.Layer layer, Tensor[] inputs, Func<Tensor[], TensorStructure> call)
    {
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        Tensor[] sources = [.. layer.TrainableVariables, .. inputs];
        var gradients = tape.Gradient(Weighted(call(inputs)), sources);

        for (var s = 0; s < sources.Length; s++)
        {
            Assert.That(gradients[s], Is.Not.Null, $"gradient of source {s} {sources[s].Shape}");
            var actual = gradients[s]!.ToArray<double>();
            var values = sources[s].ToArray<double>();
            for (var i = 0; i < values.Length; i++)
            {
                var expected = (At(s, i, values, Step) - At(s, i, values, -Step)) / (2 * Step);
                Assert.That(
                    actual[i], Is.EqualTo(expected).Within(GradientTolerance * Math.Max(1, Math.Abs(expected))),
                    $"source {s} {sources[s].Shape}, element {i}");
            }
        }

        double At(int source, int element, double[] values, double change)
        {
            var moved = (double[])values.Clone();
            moved[element] += change;
            var tensor = Tensor.From(moved, sources[source].Shape);
            if (sources[source] is not Variable variable)
            {
                Tensor[] changed = [.. inputs];
                changed[source - layer.TrainableVariables.Count] = tensor;
                return Weighted(call(changed)).ToScalar();
            }
            variable.Assign(tensor);
            var result = Weighted(call(inputs)).ToScalar();
            variable.Assign(Tensor.From(values, variable.Shape));
            return result;
        }
    }

    private static Tensor Weighted(TensorStructure outputs)
    {
        var sum = Tensor.Scalar(0, DType.Float64);
        for (var i = 0; i < outputs.Count; i++)
            sum += (outputs[i] * Random(outputs[i].Shape, 900 + i)).Sum();
        return sum;
    }
}
