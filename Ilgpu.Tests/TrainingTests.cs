using GpuKeras.Layers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Ilgpu;

/// <summary>Small models train on ILGPU's simulator as on the CPU.</summary>
[NonParallelizable]
public sealed class TrainingTests
{
    private const int Samples = 24;

    [Test]
    public void DenseModel_TrainsAsOnTheCpu() => AssertSame(
        static () => new Sequential([
            new Dense(16, activation: "relu"), new BatchNormalization(), new Dense(3, activation: "softmax")]),
        [12]);

    [Test]
    public void ConvolutionalModel_TrainsAsOnTheCpu() => AssertSame(
        static () => new Sequential([
            new Conv2D(4, 3, activation: "relu"), new MaxPooling2D(), new Flatten(), new Dense(3, activation: "softmax")]),
        [8, 8, 1]);

    [Test]
    public void RecurrentModel_TrainsAsOnTheCpu() =>
        AssertSame(static () => new Sequential([new LSTM(5), new Dense(3, activation: "softmax")]), [4, 3]);

    private static void AssertSame(Func<Sequential> create, int[] shape)
    {
        var expected = Train("cpu", create, shape);
        var actual = Train(SuiteRuntime.Simulator.Name, create, shape);
        Assert.That(expected[^1], Is.LessThan(expected[0]), "the model must learn");
        for (var epoch = 0; epoch < expected.Length; epoch++)
            // Three epochs of three steps: sums of at most a few hundred terms, in another order.
            Assert.That(actual[epoch], Is.EqualTo(expected[epoch]).Within(Tolerance.For<float>(1000)), $"loss of epoch {epoch}");
    }

    private static double[] Train(string name, Func<Sequential> create, int[] shape)
    {
        using var device = Device.Use(name);
        Keras.SetRandomSeed(7);
        var values = Support.Samples.Uniform<float>(Samples * shape.Aggregate(static (a, b) => a * b), 1);
        var labels = Enumerable.Range(0, Samples).Select(static i => i % 3).ToArray();
        var model = create();
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        var history = model.Fit(Tensor.From<float>(values, [Samples, .. shape]), Tensor.From<int>(labels, [Samples]), batchSize: 8, epochs: 3, verbose: 0);
        return [.. history["loss"]];
    }
}
