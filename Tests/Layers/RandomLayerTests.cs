using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

public class RandomLayerTests
{
    private const int Count = 10_000;

    [Test]
    public void Dropout_InTraining_DropsTheShareAndScalesTheRest()
    {
        var output = new Dropout(0.2, seed: 1).Apply(Tensor.Ones([Count]), training: true).ToArray<float>();
        Assert.That(output, Is.All.EqualTo(0f).Or.EqualTo(1.25f));
        // Four standard deviations of a binomial share.
        Assert.That(output.Count(static value => value == 0) / (double)Count, Is.EqualTo(0.2).Within(4 * Math.Sqrt(0.2 * 0.8 / Count)));
    }

    [Test]
    public void Dropout_NotInTraining_ReturnsItsInput()
    {
        var x = Tensor.Ones([5]);
        Assert.That(new Dropout(0.5).Apply(x), Is.SameAs(x));
        Assert.That(new Dropout(0.0).Apply(x, training: true), Is.SameAs(x));
    }

    [Test]
    public void Dropout_OfRateOne_GivesZeros() =>
        Assert.That(new Dropout(1.0).Apply(Tensor.Ones([50]), training: true).ToArray<float>(), Is.All.EqualTo(0f));

    [Test]
    public void Dropout_MasksFollowFromTheSeedAndTheCall()
    {
        var x = Tensor.Ones([200]);
        var (first, second) = (new Dropout(0.5, seed: 7), new Dropout(0.5, seed: 7));
        var mask = first.Apply(x, training: true).ToArray<float>();
        Assert.That(second.Apply(x, training: true).ToArray<float>(), Is.EqualTo(mask));
        Assert.That(first.Apply(x, training: true).ToArray<float>(), Is.Not.EqualTo(mask));
        Assert.That(new Dropout(0.5, seed: 8).Apply(x, training: true).ToArray<float>(), Is.Not.EqualTo(mask));
        // A position keeps its fate whatever the size of the tensor.
        Assert.That(new Dropout(0.5, seed: 7).Apply(Tensor.Ones([100]), training: true).ToArray<float>(), Is.EqualTo(mask[..100]));
    }

    [Test]
    public void Dropout_WithoutASeed_FollowsTheGlobalOne()
    {
        float[] Run()
        {
            Keras.SetRandomSeed(11);
            return new Dropout(0.5).Apply(Tensor.Ones([200]), training: true).ToArray<float>();
        }

        Assert.That(Run(), Is.EqualTo(Run()));
    }

    [Test]
    public void Dropout_BackwardUsesTheSameMask()
    {
        var layer = new Dropout(0.5, seed: 2);
        var x = new Variable(Tensor.Ones([100]));
        using var tape = new GradientTape();
        var output = layer.Apply(x, training: true);
        Assert.That(tape.Gradient(output, x)!.ToArray<float>(), Is.EqualTo(output.ToArray<float>()));
    }

    [Test]
    public void Dropout_OfANoiseShape_DropsWholeSlices()
    {
        var output = new Dropout(0.5, noiseShape: [Shape.Unknown, 1], seed: 3).Apply(Tensor.Ones([40, 3]), training: true);
        var values = output.ToArray<float>();
        for (var row = 0; row < 40; row++)
            Assert.That(values[(row * 3)..(row * 3 + 3)], Is.All.EqualTo(values[row * 3]));
        Assert.That(values, Has.Some.EqualTo(0f).And.Some.EqualTo(2f));
    }

    [Test]
    public void SpatialDropout2D_DropsWholeChannelsOfEachImage()
    {
        var values = new SpatialDropout2D(0.5, seed: 3).Apply(Tensor.Ones([20, 2, 2, 3]), training: true).ToArray<float>();
        for (var image = 0; image < 20; image++)
            for (var channel = 0; channel < 3; channel++)
                for (var pixel = 1; pixel < 4; pixel++)
                    Assert.That(values[image * 12 + pixel * 3 + channel], Is.EqualTo(values[image * 12 + channel]));
        Assert.That(values, Has.Some.EqualTo(0f).And.Some.EqualTo(2f));
    }

    [Test]
    public void GaussianNoise_InTraining_HasItsMeanAndDeviation()
    {
        var layer = new GaussianNoise(0.5, seed: 4);
        var x = Tensor.Full([Count], 3);
        Assert.That(layer.Apply(x), Is.SameAs(x));
        var noise = layer.Apply(x, training: true) - 3;
        Assert.That(noise.Mean().ToScalar(), Is.EqualTo(0).Within(4 * 0.5 / Math.Sqrt(Count)));
        Assert.That(noise.StandardDeviation().ToScalar(), Is.EqualTo(0.5).Within(4 * 0.5 / Math.Sqrt(2 * Count)));
    }
}
