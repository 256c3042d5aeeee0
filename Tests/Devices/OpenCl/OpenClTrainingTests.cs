using GpuKeras.Cli;
using GpuKeras.Datasets;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Layers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>One seed trains alike on the CPU and on an OpenCL device.</summary>
/// <remarks>
/// What is compared is the loss that Fit reports, the mean so far. The losses of single batches are equal to 1e-6 at first; once a last bit
/// has moved a ReLU or a maximum across its kink they part by up to a few percent. The CPU adds directly, as the device does.
/// </remarks>
[NonParallelizable]
public class OpenClTrainingTests
{
    private const int Steps = 200;
    private const int BatchSize = 64;

    [TestCase("mlp")]
    [TestCase("cnn")]
    public void TrainMnist_OneSeed_GivesTheLossesOfTheCpu(string model)
    {
        ConvolutionMethod.UsesWinograd = false;
        var expected = Losses("cpu", model);
        ConvolutionMethod.UsesWinograd = EngineOptions.Winograd;
        var actual = Losses(TestDevices.OpenCl.Name, model);
        Assert.That(expected[^1], Is.LessThan(0.5 * expected[0]), "the model must learn");
        for (var step = 0; step < Steps; step++)
            Assert.That(actual[step], Is.EqualTo(expected[step]).Within(1e-3), $"step {step}");
    }

    [Test]
    public void Dropout_OneSeed_DropsTheSameElements()
    {
        var expected = Dropped("cpu");
        Assert.That(expected, Has.Some.EqualTo(0f).And.Some.EqualTo(2f));
        Assert.That(Dropped(TestDevices.OpenCl.Name), Is.EqualTo(expected));
    }

    private static float[] Dropped(string device)
    {
        using var selection = Device.Use(device);
        Keras.SetRandomSeed(5);
        return new Dropout(0.5).Apply(Tensor.Ones([1000, 7]), training: true).ToArray<float>();
    }

    private static double[] Losses(string device, string name)
    {
        using var selection = Device.Use(device);
        Keras.SetRandomSeed(1);
        var (train, _) = Mnist.Load();
        var model = MnistModels.Create(name);
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        return Enumerable.Range(0, Steps).Select(step =>
        {
            var batch = (step * BatchSize)..((step + 1) * BatchSize);
            return model.TrainOnBatch(train.Images[batch], train.Labels[batch])["loss"];
        }).ToArray();
    }
}
