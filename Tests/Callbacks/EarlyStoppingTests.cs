using GpuKeras.Callbacks;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

[NonParallelizable]
public sealed class EarlyStoppingTests
{
    [Test]
    public void Fit_WhenTheLossStopsFalling_EndsAfterThePatience()
    {
        var stopping = new EarlyStopping(monitor: "loss", patience: 2);
        var driver = new CallbackDriver(stopping).Run("loss", 3, 2, 2, 2.5, 1);

        Assert.That(driver.Epochs, Is.EqualTo(4));
        Assert.That(stopping.StoppedEpoch, Is.EqualTo(3));
        Assert.That(stopping.Best, Is.EqualTo(2));
        Assert.That(driver.Model.Weight.ToArray<float>(), Is.EqualTo(new[] { 3f, 3f }), "the last weights stay");
    }

    [Test]
    public void Fit_WithPatience0_RunsTheFirstEpochInAnyCase() =>
        Assert.That(new CallbackDriver(new EarlyStopping(monitor: "loss")).Run("loss", double.NaN, 2, 2, 2).Epochs, Is.EqualTo(3));

    [Test]
    public void Fit_ChangeBelowMinDelta_IsNoImprovement() =>
        Assert.That(new CallbackDriver(new EarlyStopping("loss", minDelta: 0.5, patience: 1)).Run("loss", 3, 2.6, 1).Epochs, Is.EqualTo(2));

    [Test]
    public void Fit_ModeMax_FollowsTheHighestValue() =>
        Assert.That(
            new CallbackDriver(new EarlyStopping("score", mode: "max", patience: 1)).Run("score", 1, 2, 1.5, 3).Epochs, Is.EqualTo(3));

    [Test]
    public void Fit_StoppedWithRestoreBestWeights_RestoresThem()
    {
        var driver = new CallbackDriver(new EarlyStopping("loss", patience: 2, restoreBestWeights: true)).Run("loss", 3, 1, 2, 2);

        Assert.That(driver.Model.Weight.ToArray<float>(), Is.EqualTo(new[] { 1f, 1f }));
    }

    [Test]
    public void Fit_RunToTheEndWithRestoreBestWeights_RestoresThemToo()
    {
        var driver = new CallbackDriver(new EarlyStopping("loss", patience: 9, restoreBestWeights: true)).Run("loss", 3, 1, 2);

        Assert.That(driver.Epochs, Is.EqualTo(3));
        Assert.That(driver.Model.Weight.ToArray<float>(), Is.EqualTo(new[] { 1f, 1f }));
    }

    [Test]
    public void Fit_BaselineNeverBeaten_StopsThoughTheValueImproves()
    {
        var driver = new CallbackDriver(
            new EarlyStopping("loss", patience: 2, baseline: 1, restoreBestWeights: true)).Run("loss", 5, 4, 4.5, 3);

        Assert.That(driver.Epochs, Is.EqualTo(3));
        Assert.That(driver.Model.Weight.ToArray<float>(), Is.EqualTo(new[] { 1f, 1f }), "the best of the epochs run");
    }

    [Test]
    public void Fit_EpochsBeforeStartFromEpoch_DoNotCount() =>
        Assert.That(
            new CallbackDriver(new EarlyStopping("loss", patience: 1, startFromEpoch: 3)).Run("loss", 1, 2, 2, 2, 2, 2).Epochs,
            Is.EqualTo(5));

    [Test]
    public void Fit_Twice_StartsAnew()
    {
        var driver = new CallbackDriver(new EarlyStopping("loss", patience: 1)).Run("loss", 1, 2);

        Assert.That(driver.Run("loss", 9, 8, 7).Epochs, Is.EqualTo(3));
    }

    [Test]
    public void Fit_MissingValue_WarnsAndNamesWhatThereIs()
    {
        using var errors = new CapturedErrors();
        var driver = new CallbackDriver(new EarlyStopping()).Run([new() { ["loss"] = 1, ["mae"] = 2 }]);

        Assert.That(driver.Epochs, Is.EqualTo(1));
        Assert.That(errors.Text, Does.Contain("`val_loss` which is not available. Available metrics are: loss,mae"));
    }

    [Test]
    public void Fit_DirectionUnknown_AsksForTheMode() =>
        Assert.That(
            static () => new CallbackDriver(new EarlyStopping("score")).Run("score", 1),
            Throws.ArgumentException.With.Message.Contains("monitor=score").And.Message.Contains("mode: \"max\""));

    [Test]
    public void Constructor_UnknownMode_WarnsAndInfersTheDirection()
    {
        using var errors = new CapturedErrors();
        var driver = new CallbackDriver(new EarlyStopping("loss", mode: "lowest", patience: 1)).Run("loss", 1, 2);

        Assert.That(driver.Epochs, Is.EqualTo(2));
        Assert.That(errors.Text, Does.Contain("mode 'lowest' is unknown"));
    }
}
