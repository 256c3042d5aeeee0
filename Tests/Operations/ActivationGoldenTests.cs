using System.Text.Json;
using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>The elementwise activations and their gradients against values computed with Keras 3.15.</summary>
public class ActivationGoldenTests
{
    private const double ForwardRelative = 1e-4;
    private const double ForwardAbsolute = 1e-5;
    private const double GradientRelative = 1e-3;
    private const double GradientAbsolute = 1e-4;

    // Those that work on whole rows are tested with the reductions.
    private static readonly HashSet<string> OfRows = ["softmax", "log_softmax", "sparsemax", "glu"];

    [Test]
    public void Activations_EveryElementwiseCase_ValueAndGradientAreKeras()
    {
        using var golden = Golden.Table("activations");
        var tested = 0;
        Assert.Multiple(() =>
        {
            foreach (var entry in golden.Cases.RootElement.EnumerateArray())
            {
                var (name, function) = (entry.GetProperty("case").GetString()!, entry.GetProperty("fn").GetString()!);
                if (OfRows.Contains(function))
                    continue;
                tested++;
                var x = Tensor.From(golden.Floats(entry.GetProperty("input").GetString()!));
                using var tape = new GradientTape();
                tape.Watch(x);
                var y = Apply(function, x, entry.GetProperty("kwargs"));
                var dx = tape.Gradient(y, [x], Tensor.From(golden.Floats(entry.GetProperty("cotangent").GetString()!)))[0]!;
                Check($"{name} value", x, y, golden.Floats(name + "/y"), ForwardRelative, ForwardAbsolute);
                Check($"{name} gradient", x, dx, golden.Floats(name + "/dx"), GradientRelative, GradientAbsolute);
            }
        });
        Assert.That(tested, Is.EqualTo(31));
    }

    private static void Check(string what, Tensor x, Tensor actual, float[] expected, double relative, double absolute)
    {
        var (values, arguments) = (actual.ToArray<float>(), x.ToArray<float>());
        for (var i = 0; i < expected.Length; i++)
            Assert.That(values[i], Is.EqualTo(expected[i]).Within(absolute + relative * Math.Abs(expected[i])), $"{what} at {arguments[i]}");
    }

    private static Tensor Apply(string function, Tensor x, JsonElement arguments)
    {
        double Number(string name, double otherwise) => arguments.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

        return function switch
        {
            "relu" => x.Relu(Number("negative_slope", 0), arguments.TryGetProperty("max_value", out var max) ? max.GetDouble() : null, Number("threshold", 0)),
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
            "threshold" => x.Threshold(Number("threshold", 0), Number("default_value", 0)),
            _ => throw new ArgumentException($"the table has an activation without a method: {function}"),
        };
    }
}
