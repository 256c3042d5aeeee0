using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

public class BatchNormalizationTests
{
    // Two channels: 1, 3 (mean 2, population variance 1) and 0, 8 (mean 4, population variance 16).
    private static Tensor Batch => Tensor.From(new float[,] { { 1, 0 }, { 3, 8 } });

    [Test]
    public void Training_MovesTheStatistics_ByTheBiasedVariance()
    {
        var layer = new BatchNormalization(momentum: 0.75);
        layer.Apply(Batch, training: true);
        Assert.That(layer.MovingMean.ToArray<float>(), Is.EqualTo(new[] { 0.5f, 1f }).Within(1e-6));
        Assert.That(layer.MovingVariance.ToArray<float>(), Is.EqualTo(new[] { 0.75f + 0.25f, 0.75f + 4f }).Within(1e-6));
        layer.Apply(Batch, training: true);
        Assert.That(layer.MovingMean.ToArray<float>(), Is.EqualTo(new[] { 0.875f, 1.75f }).Within(1e-6));
    }

    [Test]
    public void Defaults_AreThoseOfKeras()
    {
        var layer = new BatchNormalization();
        Assert.That((layer.Momentum, layer.Epsilon, layer.Axis, layer.Center, layer.Scale), Is.EqualTo((0.99, 1e-3, -1, true, true)));
    }

    [Test]
    public void Training_NormalisesByTheBatch_InferenceByTheMovingStatistics()
    {
        var layer = new BatchNormalization(momentum: 0.5, epsilon: 0);
        Assert.That(layer.Apply(Batch, training: true).ToArray<float>(), Is.EqualTo(new[] { -1f, -1f, 1f, 1f }).Within(1e-5));
        // The moving mean is (1, 2), the moving variance (1, 8.5).
        var spread = MathF.Sqrt(8.5f);
        Assert.That(
            layer.Apply(Batch, training: false).ToArray<float>(), Is.EqualTo(new[] { 0f, -2 / spread, 2f, 6 / spread }).Within(1e-5));
        Assert.That(layer.Apply(Batch).ToArray<float>(), Is.EqualTo(layer.Apply(Batch, training: false).ToArray<float>()));
    }

    [Test]
    public void FrozenLayer_InTraining_UsesAndKeepsTheMovingStatistics()
    {
        var layer = new BatchNormalization(epsilon: 0);
        layer.Apply(Batch, training: false);
        layer.Trainable = false;
        var output = layer.Apply(Batch, training: true);
        Assert.That(output.ToArray<float>(), Is.EqualTo(Batch.ToArray<float>()).Within(1e-6));
        Assert.That(layer.MovingMean.ToArray<float>(), Is.EqualTo(new[] { 0f, 0f }));
        Assert.That(layer.TrainableVariables, Is.Empty);
        Assert.That(layer.Weights, Has.Count.EqualTo(4));
    }

    [Test]
    public void FrozenLayer_ThatIsThawed_TrainsGammaAndBetaOnly()
    {
        var layer = new BatchNormalization();
        layer.Apply(Batch);
        layer.Trainable = false;
        layer.Trainable = true;
        Assert.That(layer.TrainableVariables.Select(static variable => variable.Name), Is.EqualTo(new[] { "gamma", "beta" }));
    }

    [Test]
    public void MaskedSteps_DoNotCountInTheStatistics()
    {
        var layer = new BatchNormalization(momentum: 0, epsilon: 0);
        var x = Tensor.From(new float[] { 1, 3, 100, 5, -100, 100 }, [2, 3, 1]);
        var mask = Tensor.From(new[] { true, true, false, true, false, false }, [2, 3]);
        var output = layer.Apply(x, training: true, mask);
        // Of 1, 3 and 5 the mean is 3, the variance 8 / 3.
        Assert.That(layer.MovingMean.ToArray<float>(), Is.EqualTo(new[] { 3f }).Within(1e-5));
        Assert.That(layer.MovingVariance.ToArray<float>(), Is.EqualTo(new[] { 8f / 3 }).Within(1e-5));
        Assert.That(output.ToArray<float>()[0], Is.EqualTo(-2 / MathF.Sqrt(8f / 3)).Within(1e-5));
    }

    [Test]
    public void MaskOfAnotherRank_IsRefused()
    {
        var error = Assert.Throws<ShapeException>(
            () => new BatchNormalization().Apply(Tensor.Ones([2, 3, 1]), training: true, Tensor.Ones([2], DType.Bool)))!;
        Assert.That(error.Message, Does.Contain("(2,)").And.Contain("(2, 3, 1)"));
    }
}
