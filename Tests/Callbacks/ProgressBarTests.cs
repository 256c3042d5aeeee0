using GpuKeras.Callbacks;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Callbacks;

public sealed class ProgressBarTests
{
    private static readonly double[] StepTimes = [7, 3, 3, 3, 3, 3, 3, 3];

    [Test]
    public void Fit_OnATerminal_DrawsWhatKerasDraws()
    {
        var text = RunEpochs(isTerminal: true, verbose: 1, epochs: 2);
        var golden = GoldenFiles.Text("text/progress_verbose1.txt").Split('\n');

        // The golden run took 7 ms for the first step and about 3 ms for each of the others; its values are those that are logged here.
        Assert.That(text.Split('\n')[..2], Is.EqualTo(golden[..2]));
    }

    [Test]
    public void Fit_WithVerbose2_WritesWhatKerasWrites()
    {
        var output = new StringWriter { NewLine = "\n" };
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(2, output, isTerminal: true, clock), epochs: 2, steps: 8);
        bar.OnTrainBegin();
        bar.OnEpochBegin(0);
        foreach (var i in Enumerable.Range(0, 8))
        {
            clock.Advance(6);
            bar.OnTrainBatchEnd(i, []);
        }
        bar.OnEpochEnd(0, new Logs { ["loss"] = 1.7914, ["mae"] = 1.0498, ["val_loss"] = 1.1271, ["val_mae"] = 0.9239 });

        Assert.That(output.ToString().Split('\n')[..2], Is.EqualTo(GoldenFiles.Text("text/progress_verbose2.txt").Split('\n')[..2]));
    }

    [Test]
    public void Evaluate_OnATerminal_DrawsWhatKerasDraws()
    {
        var output = new StringWriter { NewLine = "\n" };
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, clock), epochs: 1, steps: 4);
        bar.OnTestBegin();
        clock.Advance(3);
        bar.OnTestBatchEnd(0, new Logs { ["loss"] = 1.7362, ["mae"] = 1.15 });
        clock.Advance(0.828 * 3);
        bar.OnTestBatchEnd(3, []);
        bar.OnTestEnd(new Logs { ["loss"] = 1.354, ["mae"] = 0.9933 });

        Assert.That(output.ToString().TrimEnd('\n'), Is.EqualTo(GoldenFiles.Text("text/progress_verbose1.txt").Split('\n')[4]));
    }

    [Test]
    public void Predict_OnATerminal_DrawsWhatKerasDraws()
    {
        var output = new StringWriter { NewLine = "\n" };
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, clock), epochs: 1, steps: 4);
        bar.OnPredictBegin();
        clock.Advance(2);
        bar.OnPredictBatchEnd(0);
        clock.Advance(0.520 * 3);
        bar.OnPredictBatchEnd(3);
        bar.OnPredictEnd();

        Assert.That(output.ToString().TrimEnd('\n'), Is.EqualTo(GoldenFiles.Text("text/progress_verbose1.txt").Split('\n')[5]));
    }

    [Test]
    public void Fit_WhenOutputIsRedirected_WritesOnlyTheLastLineWithoutControlCharacters()
    {
        var lines = RunEpochs(isTerminal: false, verbose: 1, epochs: 2).Split('\n');

        Assert.That(lines[..2], Is.EqualTo(new[]
        {
            "Epoch 1/2",
            "8/8 ━━━━━━━━━━━━━━━━━━━━ 0s 3ms/step - loss: 1.5836 - mae: 1.0487 - val_loss: 1.1111 - val_mae: 0.9145",
        }));
        Assert.That(lines.SelectMany(static line => line).Where(char.IsControl), Is.Empty);
    }

    [Test]
    public void Update_WithinTheRedrawInterval_NeitherDrawsNorReadsTheLogs()
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, clock), epochs: 1, steps: 100);
        bar.OnEpochBegin(0);
        var reads = 0;
        for (var i = 0; i < 10; i++)
        {
            var logs = new Logs();
            logs.AddLazily("loss", () => ++reads);
            clock.Advance(10);
            bar.OnTrainBatchEnd(i, logs);
        }

        Assert.That(reads, Is.EqualTo(2), "drawn at 10 ms and at 60 ms");
        Assert.That(output.ToString().Count(static c => c == '\r'), Is.EqualTo(2));
    }

    [TestCase(15, "45s", Description = "up to a minute in seconds")]
    [TestCase(30, "1:30", Description = "minutes")]
    [TestCase(2000, "1:40:00", Description = "hours")]
    public void Update_RemainingTime_IsShownAsKerasDoes(double secondsPerStep, string expected)
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, clock), epochs: 1, steps: 4);
        bar.OnEpochBegin(0);
        clock.Advance(secondsPerStep * 1000);
        bar.OnTrainBatchEnd(0, []);

        Assert.That(output.ToString(), Does.Contain($" \e[1m{expected}\e[0m {secondsPerStep}s/step"));
    }

    [TestCase(1500.0, "2s/step")]
    [TestCase(2500.0, "2s/step", Description = "halves to even, as Python")]
    [TestCase(12.4, "12ms/step")]
    [TestCase(0.828, "828us/step")]
    [TestCase(0.0, "0s/step")]
    public void Finish_TimePerStep_HasAFittingUnit(double milliseconds, string expected)
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: false, clock), epochs: 1, steps: 1);
        bar.OnPredictBegin();
        clock.Advance(milliseconds);
        bar.OnPredictBatchEnd(0);
        bar.OnPredictEnd();

        Assert.That(output.ToString(), Does.EndWith($" {expected}\n"));
    }

    [TestCase(0.0011, "0.0011")]
    [TestCase(0.001, "1.0000e-03")]
    [TestCase(-0.5, "-0.5000")]
    [TestCase(0.0, "0.0000e+00")]
    [TestCase(123456.0, "123456.0000")]
    [TestCase(double.NaN, "nan")]
    [TestCase(double.NegativeInfinity, "-inf")]
    public void Finish_Value_HasKerasFormat(double value, string expected)
    {
        var output = new StringWriter();
        var bar = Bound(new ProgressBar(2, output, isTerminal: false, new ManualClock()), epochs: 1, steps: 1);
        bar.OnEpochBegin(0);
        bar.OnEpochEnd(0, new Logs { ["loss"] = value });

        Assert.That(output.ToString(), Does.EndWith($"loss: {expected}\n"));
    }

    [Test]
    public void Fit_WithUnknownSteps_CountsThemAndKnowsThemInTheNextEpoch()
    {
        var output = new StringWriter();
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, clock), epochs: 1, steps: null);
        bar.OnTrainBegin();
        bar.OnEpochBegin(0);
        clock.Advance(4);
        bar.OnTrainBatchEnd(0, []);
        Assert.That(output.ToString(), Is.EqualTo("\r      1/Unknown \e[1m0s\e[0m 4ms/step"));

        bar.OnTrainBatchEnd(1, []);
        bar.OnEpochEnd(0, []);
        Assert.That(output.ToString(), Does.Contain("\e[1m2/2\e[0m").And.EndsWith("\n"));

        bar.OnEpochBegin(1);
        clock.Advance(4);
        bar.OnTrainBatchEnd(0, []);
        Assert.That(output.ToString(), Does.Contain("\e[1m1/2\e[0m"));
    }

    [Test]
    public void Fit_WhenAnEpochIsCancelled_EndsTheOpenLine()
    {
        var output = new StringWriter { NewLine = "\n" };
        var bar = Bound(new ProgressBar(1, output, isTerminal: true, new ManualClock()), epochs: 1, steps: 8);
        bar.OnTrainBegin();
        bar.OnEpochBegin(0);
        bar.OnTrainBatchEnd(0, []);
        bar.OnTrainEnd([]);

        Assert.That(output.ToString(), Does.EndWith("s/step\n"));
    }

    [Test]
    public void Constructor_UnknownVerbose_NamesIt() =>
        Assert.That(static () => new ProgressBar(3), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got 3"));

    private static string RunEpochs(bool isTerminal, int verbose, int epochs)
    {
        var output = new StringWriter { NewLine = "\n" };
        var clock = new ManualClock();
        var bar = Bound(new ProgressBar(verbose, output, isTerminal, clock), epochs, StepTimes.Length);
        bar.OnTrainBegin();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            bar.OnEpochBegin(epoch);
            for (var i = 0; i < StepTimes.Length; i++)
            {
                clock.Advance(StepTimes[i]);
                bar.OnTrainBatchEnd(i, new Logs { ["loss"] = 1.3836, ["mae"] = 0.9871 });
            }
            bar.OnEpochEnd(epoch, new Logs { ["loss"] = 1.5836, ["mae"] = 1.0487, ["val_loss"] = 1.1111, ["val_mae"] = 0.9145 });
        }
        return output.ToString();
    }

    private static ProgressBar Bound(ProgressBar bar, int epochs, int? steps)
    {
        _ = new CallbackList(new Sequential(), new RunParameters(epochs, steps, 1), [bar]);
        return bar;
    }
}
