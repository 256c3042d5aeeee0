using GpuKeras.Callbacks;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

[NonParallelizable]
public sealed class CallbackTests
{
    [Test]
    public void CSVLogger_EachEpoch_WritesALineWithInvariantNumbers()
    {
        using var file = new TemporaryFile();
        new CallbackDriver(new CSVLogger(file.Path)).Run([new() { ["loss"] = 0.5, ["accuracy"] = 0.1 }, new() { ["loss"] = 1e-7 }]);

        Assert.That(File.ReadAllText(file.Path), Is.EqualTo("epoch,accuracy,loss\r\n0,0.1,0.5\r\n1,NA,1E-07\r\n"));
    }

    [Test]
    public void CSVLogger_Append_ContinuesWithoutASecondHeader()
    {
        using var file = new TemporaryFile();
        new CallbackDriver(new CSVLogger(file.Path, separator: ";")).Run("loss", 1);
        new CallbackDriver(new CSVLogger(file.Path, separator: ";", append: true)).Run("loss", 2);
        Assert.That(File.ReadAllText(file.Path), Is.EqualTo("epoch;loss\r\n0;1\r\n0;2\r\n"));

        new CallbackDriver(new CSVLogger(file.Path)).Run("loss", 3);
        Assert.That(File.ReadAllText(file.Path), Is.EqualTo("epoch,loss\r\n0,3\r\n"), "without append the file is overwritten");
    }

    [Test]
    public void CSVLogger_ValueAfterTheHeader_IsLeftOutWithAWarning()
    {
        using var file = new TemporaryFile();
        using var errors = new CapturedErrors();
        new CallbackDriver(new CSVLogger(file.Path)).Run([new() { ["loss"] = 1 }, new() { ["loss"] = 2, ["val_loss"] = 3 }]);

        Assert.That(File.ReadAllText(file.Path), Is.EqualTo("epoch,loss\r\n0,1\r\n1,2\r\n"));
        Assert.That(errors.Text, Does.Contain("'val_loss'"));
    }

    [Test]
    public void CSVLogger_FolderDoesNotExist_FailsBeforeTraining() =>
        Assert.That(
            static () => new CSVLogger(Path.Combine("no-such-folder", "log.csv")).OnTrainBegin(),
            Throws.InstanceOf<IOException>().With.Message.Contains("no-such-folder"));

    [Test]
    public void TerminateOnNaN_LossNotFinite_StopsAtThatBatch(
        [Values(double.NaN, double.PositiveInfinity)] double loss)
    {
        var stopped = new CallbackDriver(new TerminateOnNaN()).Run("loss", 1, loss, 1);
        Assert.That(stopped.Epochs, Is.EqualTo(2));

        Assert.That(
            () => new CallbackDriver(new TerminateOnNaN(raiseError: true)).Run("loss", loss),
            Throws.InvalidOperationException.With.Message.Contains("batch 0"));
    }

    [Test]
    public void LambdaCallback_Events_ReachTheFunctionsInOrder()
    {
        var events = new List<string>();
        new CallbackDriver(new LambdaCallback(
            onEpochBegin: epoch => events.Add($"epoch {epoch}"),
            onEpochEnd: (epoch, logs) => events.Add($"epoch {epoch} ended, loss {logs["loss"]}"),
            onTrainBegin: () => events.Add("begin"),
            onTrainEnd: _ => events.Add("end"),
            onTrainBatchBegin: batch => events.Add($"batch {batch}"),
            onTrainBatchEnd: (batch, _) => events.Add($"batch {batch} ended"))).Run("loss", 4);

        Assert.That(events, Is.EqualTo(new[]
        {
            "begin", "epoch 0", "batch 0", "batch 0 ended", "batch 1", "batch 1 ended", "epoch 0 ended, loss 4", "end",
        }));
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
