using GpuKeras.Callbacks;
using GpuKeras.Optimizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

[NonParallelizable]
public sealed class LearningRateTests
{
    [Test]
    public void ReduceLROnPlateau_NoImprovement_LowersTheRateDownToTheLeast()
    {
        var rates = Rates(new ReduceLROnPlateau("loss", factor: 0.5, patience: 2, minLr: 0.3), 1, 1, 1, 1, 1, 1, 1);

        // Two epochs without improvement halve 1 to 0.5, the next two reach the least rate.
        Assert.That(rates, Is.EqualTo(new[] { 1, 1, 1, 0.5, 0.5, (double)0.3f, (double)0.3f }));
    }

    [Test]
    public void ReduceLROnPlateau_Cooldown_DoesNotCount()
    {
        var rates = Rates(new ReduceLROnPlateau("loss", factor: 0.5, patience: 1, cooldown: 2), 1, 1, 1, 1, 1);

        Assert.That(rates, Is.EqualTo(new[] { 1, 1, 0.5, 0.5, 0.25 }));
    }

    [Test]
    public void ReduceLROnPlateau_ImprovementBelowMinDelta_DoesNotCount()
    {
        Assert.That(Rates(new ReduceLROnPlateau("loss", factor: 0.5, patience: 1, minDelta: 0.2), 1, 0.9, 0.8)[^1], Is.EqualTo(0.5));
        Assert.That(Rates(new ReduceLROnPlateau("loss", factor: 0.5, patience: 1), 1, 0.9, 0.8)[^1], Is.EqualTo(1));
    }

    [Test]
    public void ReduceLROnPlateau_FactorThatDoesNotLower_IsRefused() =>
        Assert.That(
            static () => new ReduceLROnPlateau(factor: 1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got 1"));

    [Test]
    public void LearningRateScheduler_EachEpoch_SetsAndLogsTheRate()
    {
        var rates = Rates(new LearningRateScheduler(static (epoch, rate) => epoch == 0 ? rate : rate / 2), 1, 1, 1);

        Assert.That(rates, Is.EqualTo(new[] { 1, 0.5, 0.25 }));
    }

    [Test]
    public void LearningRateScheduler_OptimizerWithSchedule_IsRefused()
    {
        var driver = new CallbackDriver(new LearningRateScheduler(static (_, rate) => rate));
        driver.Model.Compile(optimizer: new SGD(new ExponentialDecay(0.1, 10, 0.5)));

        Assert.That(() => driver.Run("loss", 1), Throws.InvalidOperationException.With.Message.Contains("LearningRateSchedule"));
    }

    /// <summary>The rates in the logs of epochs with these losses, starting from 1.</summary>
    private static double[] Rates(Callback callback, params double[] losses)
    {
        var driver = new CallbackDriver(callback);
        driver.Model.Compile(optimizer: new SGD(1));
        driver.Run("loss", losses);
        return [.. driver.Logs.Select(static logs => logs["learning_rate"])];
    }
}
