using System.Text.Json;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>All activations and their gradients against values computed with Keras 3.15.</summary>
public class ActivationGoldenTests
{
    private const double ForwardRelative = 1e-4;
    private const double ForwardAbsolute = 1e-5;
    private const double GradientRelative = 1e-3;
    private const double GradientAbsolute = 1e-4;

    // The table's inputs of rows: [rows, columns].
    private const int Columns = 8;

    [Test]
    public void Activations_EveryCase_ValueAndGradientAreKeras()
    {
        var (arrays, cases) = (GoldenFiles.Npz("tables/activations.npz"), GoldenFiles.Json("tables/activations.json"));
        var tested = 0;
        Assert.Multiple(() =>
        {
            foreach (var entry in cases.EnumerateArray())
            {
                var (name, function) = (entry.GetProperty("case").GetString()!, entry.GetProperty("fn").GetString()!);
                tested++;
                var input = entry.GetProperty("input").GetString()!;
                var x = arrays[input];
                if (input == "x2")
                    x = x.Reshape([-1, Columns]);
                using var tape = new GradientTape();
                tape.Watch(x);
                var y = Apply(function, x, entry.GetProperty("kwargs"));
                var dx = tape.Gradient(y, [x], Cotangent(arrays, entry.GetProperty("cotangent").GetString()!, y.Shape))[0]!;
                Check($"{name} value", y, arrays[name + "/y"].ToArray<float>(), ForwardRelative, ForwardAbsolute);
                Check($"{name} gradient", dx, arrays[name + "/dx"].ToArray<float>(), GradientRelative, GradientAbsolute);
            }
        });
        Assert.That(tested, Is.EqualTo(cases.GetArrayLength()));
    }

    // "c2[:, :4]" is the first four columns of "c2".
    private static Tensor Cotangent(IReadOnlyDictionary<string, Tensor> arrays, string key, Shape shape)
    {
        var name = key.Split('[')[0];
        var values = arrays[name];
        return name == key ? values.Reshape(shape) : values.Reshape([-1, Columns])[.., ..shape[^1]];
    }

    private static void Check(string what, Tensor actual, float[] expected, double relative, double absolute)
    {
        var values = actual.ToArray<float>();
        for (var i = 0; i < expected.Length; i++)
            Assert.That(values[i], Is.EqualTo(expected[i]).Within(absolute + relative * Math.Abs(expected[i])), $"{what}, element {i}");
    }

    private static Tensor Apply(string function, Tensor x, JsonElement arguments)
    {
        double Number(string name, double otherwise) => arguments.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

        return function switch
        {
            "relu" => x.Relu(
                Number("negative_slope", 0), arguments.TryGetProperty("max_value", out var max) ? max.GetDouble() : null,
                Number("threshold", 0)),
            "leaky_relu" => x.LeakyRelu(Number("negative_slope", 0.2)),
            "relu6" => x.Relu6(),
            "celu" => x.Celu(Number("alpha", 1)),
            "elu" => x.Elu(Number("alpha", 1)),
            "selu" => x.Selu(),
            "softplus" => x.Softplus(),
            "softsign" => x.Softsign(),
            "squareplus" => x.Squareplus(),
            "soft_shrink" => x.SoftShrink(),
            "sparse_plus" => x.SparsePlus(),
            "silu" => x.Silu(),
            "gelu" => x.Gelu(arguments.TryGetProperty("approximate", out var approximate) && approximate.GetBoolean()),
            "tanh" => x.Tanh(),
            "tanh_shrink" => x.TanhShrink(),
            "sigmoid" => x.Sigmoid(),
            "sparse_sigmoid" => x.SparseSigmoid(),
            "exponential" => x.Exp(),
            "hard_sigmoid" => x.HardSigmoid(),
            "hard_silu" => x.HardSilu(),
            "hard_tanh" => x.HardTanh(),
            "hard_shrink" => x.HardShrink(),
            "linear" => x * 1,
            "mish" => x.Mish(),
            "log_sigmoid" => x.LogSigmoid(),
            "softmax" => x.Softmax((int)Number("axis", -1)),
            "log_softmax" => x.LogSoftmax(),
            "sparsemax" => x.Sparsemax(),
            "glu" => x.Glu(),
            "threshold" => x.Threshold(Number("threshold", 0), Number("default_value", 0)),
            _ => throw new ArgumentException($"the table has an activation without a method: {function}"),
        };
    }
}
