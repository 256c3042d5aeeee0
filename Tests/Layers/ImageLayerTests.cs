using GpuKeras.Layers;
using NUnit.Framework;

namespace GpuKeras.Tests.Layers;

public class ImageLayerTests
{
    // Sizes that Keras gives: ⌈n / stride⌉ for same, ⌊(n − (kernel − 1) · dilation − 1) / stride⌋ + 1 for valid.
    [TestCase(7, 3, 1, 1, "valid", 5)]
    [TestCase(7, 3, 2, 1, "valid", 3)]
    [TestCase(8, 3, 2, 1, "valid", 3)]
    [TestCase(7, 3, 1, 3, "valid", 1)]
    [TestCase(7, 3, 2, 1, "same", 4)]
    [TestCase(8, 3, 2, 1, "same", 4)]
    [TestCase(7, 2, 3, 1, "same", 3)]
    [TestCase(5, 4, 1, 2, "same", 5)]
    public void Conv2D_OutputSize_IsThatOfKeras(int size, int kernel, int stride, int dilation, string padding, int expected)
    {
        var layer = new Conv2D(1, kernel, stride, padding, dilationRate: dilation);
        Assert.That(layer.Apply(Tensor.Ones([1, size, size, 1])).Shape, Is.EqualTo(new Shape(1, expected, expected, 1)));
    }

    [TestCase(4, 3, 2, "valid", null, 9)]
    [TestCase(4, 2, 3, "valid", null, 12)]
    [TestCase(4, 3, 2, "same", null, 8)]
    [TestCase(4, 3, 2, "same", 1, 8)]
    [TestCase(4, 3, 2, "same", 0, 7)]
    [TestCase(4, 3, 3, "valid", 2, 14)]
    public void Conv2DTranspose_OutputSize_IsThatOfKeras(int size, int kernel, int stride, string padding, int? outputPadding, int expected)
    {
        var layer = new Conv2DTranspose(1, kernel, stride, padding, outputPadding is { } added ? added : null);
        Assert.That(layer.Apply(Tensor.Ones([1, size, size, 1])).Shape, Is.EqualTo(new Shape(1, expected, expected, 1)));
    }

    [Test]
    public void Conv2D_SamePadding_PutsTheOddZeroAtTheEnd()
    {
        var layer = new Conv2D(1, (1, 2), padding: "same", useBias: false, kernelInitializer: "ones");
        Assert.That(layer.Apply(Tensor.From(new float[] { 1, 2, 3 }, [1, 1, 3, 1])).ToArray<float>(), Is.EqualTo(new float[] { 3, 5, 3 }));
    }

    [Test]
    public void Conv1D_Causal_SeesNoLaterStep()
    {
        var layer = new Conv1D(1, 2, padding: "causal", dilationRate: 2, useBias: false, kernelInitializer: "ones");
        Assert.That(
            layer.Apply(Tensor.From(new float[] { 1, 2, 3, 4 }, [1, 4, 1])).ToArray<float>(), Is.EqualTo(new float[] { 1, 2, 4, 6 }));
    }

    [Test]
    public void SeparableConv2D_IsADepthwiseThenAPointwiseConvolution()
    {
        Keras.SetRandomSeed(1);
        var x = new RandomGenerator(2).Normal([2, 4, 5, 3]);
        var layer = new SeparableConv2D(4, 3, depthMultiplier: 2, biasInitializer: "ones");
        var output = layer.Apply(x);
        var expected = x.DepthwiseConv2D(layer.DepthwiseKernel).Conv2D(layer.PointwiseKernel) + 1;
        Assert.That(output.ToArray<float>(), Is.EqualTo(expected.ToArray<float>()).Within(1e-5));
    }

    [Test]
    public void UpSampling2D_Nearest_RepeatsPixels()
    {
        var output = new UpSampling2D((2, 1)).Apply(Tensor.From(new float[] { 1, 2, 3, 4 }, [1, 2, 2, 1]));
        Assert.That(output.ToArray<float>(), Is.EqualTo(new float[] { 1, 2, 1, 2, 3, 4, 3, 4 }));
    }

    [Test]
    public void UpSampling2D_Bilinear_SamplesAtThePixelsCentres()
    {
        var output = new UpSampling2D((1, 2), interpolation: "bilinear").Apply(Tensor.From(new float[] { 1, 2, 4 }, [1, 1, 3, 1]));
        Assert.That(output.ToArray<float>(), Is.EqualTo(new[] { 1, 1.25f, 1.75f, 2.5f, 3.5f, 4 }).Within(1e-6));
    }

    [Test]
    public void Cropping2D_UndoesZeroPadding2D()
    {
        var x = Tensor.Range(0, 24, dtype: DType.Float32).Reshape([1, 3, 4, 2]);
        var padded = new ZeroPadding2D(((1, 2), (0, 3))).Apply(x);
        Assert.That(padded.Sum().ToScalar(), Is.EqualTo(x.Sum().ToScalar()));
        Assert.That(new Cropping2D(((1, 2), (0, 3))).Apply(padded).ToArray<float>(), Is.EqualTo(x.ToArray<float>()));
    }

    [Test]
    public void Rescaling_OfBytes_GivesFloats()
    {
        var output = new Rescaling(1.0 / 255).Apply(Tensor.From<byte>(0, 51, 255));
        Assert.That(output.DType, Is.EqualTo(DType.Float32));
        Assert.That(output.ToArray<float>(), Is.EqualTo(new[] { 0, 0.2f, 1 }).Within(1e-6));
    }

    [Test]
    public void ReLU_WithLimits_FollowsKeras()
    {
        var output = new ReLU(maxValue: 2, negativeSlope: 0.5, threshold: 1).Apply(Tensor.From(-1f, 0f, 1.5f, 5f));
        Assert.That(output.ToArray<float>(), Is.EqualTo(new[] { -1, -0.5f, 1.5f, 2 }));
    }
}
