using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Tuning;

public class TuningTrialsTests
{
    [Test]
    public void Measure_GivesTheLeastTimeWithoutTheFirst()
    {
        // Compiling takes 500 ms, and every third trial is disturbed.
        var times = Measure(new FakeQueue(static (candidate, trial) => trial == 0 ? 500 : trial % 3 == 0 ? 90 : 5 + candidate), 3);
        Assert.That(times, Is.EqualTo(new double?[] { 5, 6, 7 }));
    }

    [Test]
    public void Measure_RepeatsShortCandidates()
    {
        var queue = new FakeQueue(0.1, 0.1);
        Assert.That(Measure(queue, 2)[0], Is.EqualTo(0.1).Within(1e-9));
        Assert.That(queue.Trials.Count(static tried => tried == 0), Is.EqualTo(3 + 5 * 10));
    }

    [Test]
    public void Measure_GivesHopelessCandidatesUp_ButNotTheFirst()
    {
        var queue = new FakeQueue(50, 10, 30);
        Assert.That(Measure(queue, 3), Is.EqualTo(new double?[] { 50, 10, 30 }));
        Assert.That(
            Enumerable.Range(0, 3).Select(candidate => queue.Trials.Count(tried => tried == candidate)), Is.EqualTo(new[] { 8, 8, 3 }));
    }

    [Test]
    public void Measure_OfLongCandidates_EndsAfterTwoSeconds()
    {
        var queue = new FakeQueue(900, 1000);
        Measure(queue, 2);
        Assert.That(queue.Trials, Has.Count.EqualTo(6));
    }

    [Test]
    public void Measure_OnALostDevice_Throws()
    {
        var trials = new TuningTrials(
            static _ => throw new DeviceLostException("cuda:0", "cuLaunchKernel", "CUDA_ERROR_LAUNCH_FAILED", 719, "matmul"),
            static () => { }, TimeProvider.System);
        Assert.That(() => trials.Measure([0, 1]), Throws.InstanceOf<DeviceLostException>());
    }

    [TestCase(new[] { 4.0, 3, 2 }, 2)]
    [TestCase(new[] { 4.0, 3.9, 3.95 }, 0, Description = "no clear gain")]
    [TestCase(new[] { 4.0, 3.87, 5 }, 1)]
    [TestCase(new[] { -1.0, 3.9, 3.95 }, 1, Description = "the first is refused")]
    public void Fastest_IsTheFirstUnlessAnotherGains(double[] times, int expected) => Assert.That(
        TuningTrials.Fastest(Array.ConvertAll(times, static time => time < 0 ? (double?)null : time)), Is.EqualTo(expected));

    [Test]
    public void Fastest_OfRefusedCandidates_IsNone() => Assert.That(TuningTrials.Fastest([null, null]), Is.Null);

    private static double?[] Measure(FakeQueue queue, int candidates) => new TuningTrials(
        candidate => queue.Try(default(FakeTunable), candidate), queue.Finish, queue.Clock).Measure([.. Enumerable.Range(0, candidates)]);
}
