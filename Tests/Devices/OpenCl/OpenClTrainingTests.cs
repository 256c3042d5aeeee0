using System.Runtime.Intrinsics;
using GpuKeras.Cli;
using GpuKeras.Datasets;
using GpuKeras.Layers;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>One seed trains alike on the CPU and on an OpenCL device.</summary>
/// <remarks>
/// Both devices add in the same order, so they train to the same bits. Nothing less would do for long: one last bit of one weight moves a
/// ReLU or a maximum across its kink after some ten steps, and single batches then part by several percent while the mean so far, the
/// loss that Fit reports, parts by about 1e-3. With registers of four numbers the CPU adds a row's exponentials in another order.
/// So do kernel variants for GPUs everywhere: of these only the steps before the first kink are compared.
/// </remarks>
[NonParallelizable]
public class OpenClTrainingTests
{
    private const int Steps = 200;
    private const int StepsBeforeKinks = 10;
    private const int BatchSize = 64;

    [TestCase("mlp")]
    [TestCase("cnn")]
    public void TrainMnist_OneSeed_GivesTheLossesOfTheCpu(string model)
    {
        var (expected, weights) = Train("cpu", model);
        var (actual, deviceWeights) = Train(TestDevices.OpenCl.Name, model);
        Assert.That(expected[^1], Is.LessThan(0.5 * expected[0]), "the model must learn");
        Assert.That(actual[^1], Is.LessThan(0.5 * actual[0]), "the model must learn on the device");
        var addsAlike = ((OpenClDevice)TestDevices.OpenCl).Profile.IsCpuLike;
        for (var step = 0; step < (addsAlike ? Steps : StepsBeforeKinks); step++)
            Assert.That(actual[step], Is.EqualTo(expected[step]).Within(1e-3), $"step {step}");
        if (addsAlike && Vector256.IsHardwareAccelerated)
            Assert.That(deviceWeights, Is.EqualTo(weights), "the weights after the last step");
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

    private static (double[] Losses, float[][] Weights) Train(string device, string name)
    {
        using var selection = Device.Use(device);
        Keras.SetRandomSeed(1);
        var (train, _) = Mnist.Load();
        var model = MnistModels.Create(name);
        model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy");
        var losses = Enumerable.Range(0, Steps).Select(step =>
        {
            var batch = (step * BatchSize)..((step + 1) * BatchSize);
            return model.TrainOnBatch(train.Images[batch], train.Labels[batch])["loss"];
        }).ToArray();
        return (losses, [.. model.Weights.Select(static weight => weight.ToArray<float>())]);
    }
}
