using System.Text.Json.Nodes;
using GpuKeras.Activations;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Activations;

public sealed class ActivationFunctionTests
{
    // It has parameters without defaults, so a name alone cannot stand for it.
    private const string NeedsParameters = "threshold";

    [Test]
    public void Identifier_EveryTableNameWithoutParameters_GivesKerasValuesAndGradients()
    {
        var arrays = GoldenFiles.Npz("tables/activations.npz");
        var tested = 0;
        Assert.Multiple(() =>
        {
            foreach (var entry in GoldenFiles.Json("tables/activations.json").EnumerateArray())
            {
                var function = entry.GetProperty("fn").GetString()!;
                if (function == NeedsParameters || entry.GetProperty("kwargs").EnumerateObject().Any())
                    continue;
                var name = entry.GetProperty("case").GetString()!;
                ActivationFunction activation = function;
                var x = new Variable(arrays[entry.GetProperty("input").GetString()!]);
                var cotangent = entry.GetProperty("cotangent").GetString()!;
                using var tape = new GradientTape();
                var y = activation.Apply(x);
                Assert.That(y.Shape, Is.EqualTo(arrays[name + "/y"].Shape), name);
                Check(name, y, arrays[name + "/y"], 1e-4, 1e-5);
                if (activation.IsLinear)
                    continue;
                var weights = cotangent == "c2[:, :4]" ? arrays["c2"].Split(2, axis: 1)[0] : arrays[cotangent];
                Check(name + " gradient", tape.Gradient(y, [x], weights)[0]!, arrays[name + "/dx"], 1e-3, 1e-4);
                tested++;
            }
        });
        Assert.That(tested, Is.EqualTo(28));
    }

    [Test]
    public void Identifier_Unknown_SuggestsTheNearest()
    {
        ActivationFunction Convert(string name) => name;
        Assert.That(
            () => Convert("realu"),
            Throws.ArgumentException.With.Message.Contains("activation function").And.Message.Contains("did you mean 'relu'?"));
    }

    [TestCase("swish", "silu"), TestCase("hard_swish", "hard_silu"), TestCase("relu", "relu")]
    public void Json_Name_IsKerasOwn(string identifier, string written)
    {
        ActivationFunction activation = identifier;
        Assert.That(activation.ToJson().ToString(), Is.EqualTo(written));
        Assert.That(ActivationFunction.FromJson(activation.ToJson()).Name, Is.EqualTo(written));
    }

    [Test]
    public void Json_OwnFunction_NeedsAName()
    {
        ActivationFunction unnamed = new(static x => x * 2);
        Assert.That(unnamed.Apply(Tensor.From(1.5f)).ToScalar(), Is.EqualTo(3));
        Assert.That(unnamed.ToJson, Throws.InvalidOperationException.With.Message.Contains("ActivationFunction.Register"));

        ActivationFunction.Register("test_doubling", static x => x * 2);
        ActivationFunction named = "test_doubling";
        Assert.That(ActivationFunction.FromJson(named.ToJson()).Apply(Tensor.From(1.5f)).ToScalar(), Is.EqualTo(3));
        var asObject = JsonNode.Parse(
            """{"module": "builtins", "class_name": "function", "config": "test_doubling", "registered_name": "function"}""")!;
        Assert.That(ActivationFunction.FromJson(asObject).Name, Is.EqualTo("test_doubling"));
        Assert.That(() => ActivationFunction.Register("relu", static x => x), Throws.ArgumentException.With.Message.Contains("Keras' own"));
    }

    [Test]
    public void Conversion_FunctionOfTensors_IsApplied()
    {
        Func<Tensor, Tensor> negate = static x => -x;
        ActivationFunction activation = negate;
        Assert.That(activation.Apply(Tensor.From(2f)).ToScalar(), Is.EqualTo(-2));
    }

    [Test]
    public void Dense_FusedOrNot_IsTheFunctionOfTheProduct(
        [Values("relu", "linear", "tanh", "sigmoid", "elu", "gelu", "leaky_relu", "softplus", "exponential", "softmax", "glu")]
        string identifier,
        [Values] bool useBias)
    {
        ActivationFunction activation = identifier;
        var (x, kernel) = (
            new Variable(Tensor.From(new float[,] { { 1, -2 } })),
            new Variable(Tensor.From(new float[,] { { 1, 0.5f }, { 2, -1 } })));
        var bias = useBias ? new Variable(Tensor.From(0.5f, 0.25f)) : null;
        var weights = activation.Apply(Tensor.From(new float[,] { { 0.75f, -1.5f } }));
        Variable[] sources = useBias ? [x, kernel, bias!] : [x, kernel];

        using var tape = new GradientTape();
        var fused = activation.Dense(x, kernel, bias);
        var gradients = tape.Gradient(fused, sources, weights);

        using var second = new GradientTape();
        var expected = activation.Apply(bias is null ? x.MatMul(kernel) : x.MatMul(kernel) + bias);
        var expectedGradients = second.Gradient(expected, sources, weights);
        Assert.That(fused.ToArray<float>(), Is.EqualTo(expected.ToArray<float>()).Within(1e-6));
        for (var i = 0; i < sources.Length; i++)
            Assert.That(gradients[i]!.ToArray<float>(), Is.EqualTo(expectedGradients[i]!.ToArray<float>()).Within(1e-6), $"source {i}");
    }

    [Test]
    public void Glu_OddSize_IsRefused() =>
        Assert.That(() => Tensor.Ones([2, 3]).Glu(), Throws.TypeOf<ShapeException>().With.Message.Contains("[2, 3]"));

    private static void Check(string what, Tensor actual, Tensor expected, double relative, double absolute)
    {
        var (values, reference) = (actual.ToArray<float>(), expected.ToArray<float>());
        for (var i = 0; i < reference.Length; i++)
            Assert.That(values[i], Is.EqualTo(reference[i]).Within(absolute + relative * Math.Abs(reference[i])), $"{what}, element {i}");
    }
}
