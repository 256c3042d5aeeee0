using GpuKeras.Losses;
using GpuKeras.Tests.Callbacks;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Losses;

/// <summary>A training step checks its labels once, though the loss, its operation and their gradients all use them.</summary>
[NonParallelizable]
public sealed class LabelCheckTests
{
    [Test]
    public void Step_WithLogits_ChecksLabelsOnce() => Run(static () => AssertOneCheck(fromLogits: true));

    [Test]
    public void Step_WithProbabilities_ChecksLabelsOnce() => Run(static () => AssertOneCheck(fromLogits: false));

    // Launches are logged at this level.
    private static void Run(Action body) => new EngineCopy(new Dictionary<string, string> { ["GPUKERAS_DEBUG"] = "2" }).Run(body);

    private static void AssertOneCheck(bool fromLogits)
    {
        using var errors = new CapturedErrors();
        using var device = Device.Use("null");
        var x = new Variable(Tensor.From(0.1f, 0.2f, 0.7f, 0.6f, 0.2f, 0.2f).Reshape(new Shape(2, 3)));
        using var tape = new GradientTape();
        var loss = new SparseCategoricalCrossentropy(fromLogits).Apply(Tensor.From(2, 0), x);
        tape.Gradient(loss, [x]);
        var lines = errors.Text.Split('\n');
        Assert.That(lines.Count(static line => line.Contains("sparse_cross_entropy") || line.Contains("along_axis")), Is.GreaterThanOrEqualTo(2));
        Assert.That(lines.Count(static line => line.Contains(".CheckInt32")), Is.EqualTo(1), errors.Text);
    }
}
