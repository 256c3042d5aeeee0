using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

public class NormalizationLayerTests
{
    private static Tensor Data => Tensor.From(new float[,] { { 1, 10 }, { 3, 10 }, { 8, 40 } });

    [Test]
    public void Adapt_TakesMeanAndPopulationVariance()
    {
        var layer = new Normalization();
        layer.Adapt(Data);
        Assert.That(layer.AdaptedMean!.ToArray<float>(), Is.EqualTo(new[] { 4f, 20f }).Within(1e-5));
        Assert.That(layer.AdaptedVariance!.ToArray<float>(), Is.EqualTo(new[] { 26f / 3, 200f }).Within(1e-4));
        var output = layer.Apply(Data);
        Assert.That(output.Mean(0).ToArray<float>(), Is.All.EqualTo(0f).Within(1e-6));
        Assert.That(output.Variance([0]).ToArray<float>(), Is.All.EqualTo(1f).Within(1e-5));
    }

    [Test]
    public void Adapt_OnBatchesOfDifferentSizes_IsAdaptOnAll()
    {
        var (whole, parts) = (new Normalization(), new Normalization());
        whole.Adapt(Data);
        parts.Adapt([Data[..1], Data[1..]]);
        Assert.That(parts.AdaptedMean!.ToArray<float>(), Is.EqualTo(whole.AdaptedMean!.ToArray<float>()).Within(1e-5));
        Assert.That(parts.AdaptedVariance!.ToArray<float>(), Is.EqualTo(whole.AdaptedVariance!.ToArray<float>()).Within(1e-4));
    }

    [Test]
    public void Adapt_WithoutAxes_TakesOneMeanOfAll()
    {
        var layer = new Normalization(Axes.None);
        layer.Adapt(Data);
        Assert.That(layer.AdaptedMean!.Shape, Is.EqualTo(Shape.Scalar));
        Assert.That(layer.AdaptedMean.ToScalar(), Is.EqualTo(12).Within(1e-5));
    }

    [Test]
    public void Adapt_OnIntegers_IsAdaptOnTheirValues()
    {
        var layer = new Normalization();
        layer.Adapt(Data.Cast(DType.UInt8));
        Assert.That(layer.AdaptedMean!.ToArray<float>(), Is.EqualTo(new[] { 4f, 20f }).Within(1e-5));
    }

    [Test]
    public void Invert_UndoesTheNormalization()
    {
        var (forward, back) = (new Normalization(), new Normalization(invert: true));
        forward.Adapt(Data);
        back.Adapt(Data);
        Assert.That(back.Apply(forward.Apply(Data)).ToArray<float>(), Is.EqualTo(Data.ToArray<float>()).Within(1e-4));
    }

    [Test]
    public void GivenMoments_BroadcastToTheKeptAxes()
    {
        var layer = new Normalization(mean: Tensor.From(1f, 2f), variance: Tensor.From(4f, 0f));
        // A variance of 0 counts as a deviation of 1e-7.
        Assert.That(layer.Apply(Tensor.From(new float[,] { { 5, 2 } })).ToArray<float>(), Is.EqualTo(new[] { 2f, 0f }));
        Assert.That(layer.Weights, Is.Empty);
    }

    [Test]
    public void WrongUses_AreRefused()
    {
        Assert.That(
            Assert.Throws<ArgumentException>(
                () => new Normalization(mean: Tensor.Scalar(1)))!.Message, Does.Contain("both `mean` and `variance`"));
        Assert.That(
            Assert.Throws<ShapeException>(() => new Normalization(mean: Tensor.Ones([2]), variance: Tensor.Ones([3])))!.Message,
            Does.Contain("(2,)").And.Contain("(3,)"));
        Assert.Throws<InvalidOperationException>(() => new Normalization(mean: Tensor.Scalar(1), variance: Tensor.Scalar(1)).Adapt(Data));
        Assert.That(
            Assert.Throws<ShapeException>(() => new Normalization().Adapt(Tensor.Zeros([0, 2])))!.Message, Does.Contain("no samples"));
        var built = new Normalization();
        built.Adapt(Data);
        Assert.That(
            Assert.Throws<ShapeException>(() => built.Adapt(Tensor.Ones([4, 3])))!.Message, Does.Contain("(3, 2)").And.Contain("(4, 3)"));
    }
}
