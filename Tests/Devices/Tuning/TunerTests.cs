using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Tuning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TunerTests : IDisposable
{
    private const string Device = "a device, its driver";

    private readonly TemporaryFolder folder = new();
    private readonly List<string> reports = [];
    private readonly List<string> lines = [];

    public void Dispose() => folder.Dispose();

    [Test]
    public void Choose_WithoutResults_TakesTheFastestAndKeepsEveryTime()
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        Assert.That(Choose(TuningMode.On, queue), Is.EqualTo(2));
        var kept = TuningResult.Parse(File.ReadAllBytes(PathOf(new FakeTunable(100))));
        Assert.That(kept.Chosen, Is.EqualTo("two"));
        Assert.That(kept.Milliseconds, Is.EqualTo(new Dictionary<string, double?> { ["rule"] = 4, ["one"] = 3, ["two"] = 2.5, ["three"] = 30 }));
        Assert.That(kept, Has.Property("Device").EqualTo(Device).And.Property("Family").EqualTo("fake").And.Property("Layout").EqualTo("plain"));
        Assert.That(lines.Single(), Does.Contain("two").And.Contain("three 30.0000 ms"));
    }

    [Test]
    public void Choose_Again_TriesNothing()
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        var tuner = Tuner(TuningMode.On, queue);
        tuner.Choose(new FakeTunable(100), queue);
        var trials = queue.Trials.Count;
        Assert.That(tuner.Choose(new FakeTunable(100), queue), Is.EqualTo(2));
        Assert.That(queue.Trials, Has.Count.EqualTo(trials));
    }

    [TestCase(nameof(TuningMode.Kept))]
    [TestCase(nameof(TuningMode.On))]
    public void KeptResult_IsUsedWithoutTrials(string mode)
    {
        Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30));
        var queue = new FakeQueue(1, 1, 1, 1);
        Assert.That(Choose(Enum.Parse<TuningMode>(mode), queue), Is.EqualTo(2));
        Assert.That(queue.Trials, Is.Empty);
    }

    [Test]
    public void KeptResult_IsNotUsedWhereTuningIsOff()
    {
        Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30));
        Assert.That(Choose(TuningMode.Off, new FakeQueue(4, 3, 2.5, 30)), Is.Zero);
    }

    [TestCase(nameof(TuningMode.Off))]
    [TestCase(nameof(TuningMode.Kept))]
    public void Choose_WhereNothingMayBeMeasured_TakesTheFirst(string mode)
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        Assert.That(Choose(Enum.Parse<TuningMode>(mode), queue), Is.Zero);
        Assert.That(queue.Trials, Is.Empty);
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void Again_MeasuresOnceMoreAndReplacesWhatIsKept()
    {
        Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30));
        var queue = new FakeQueue(4, 1, 2.5, 30);
        var tuner = Tuner(TuningMode.Again, queue);
        Assert.That(tuner.Choose(new FakeTunable(100), queue), Is.EqualTo(1));
        var trials = queue.Trials.Count;
        Assert.That(tuner.Choose(new FakeTunable(100), queue), Is.EqualTo(1));
        Assert.That(queue.Trials, Has.Count.EqualTo(trials));
        Assert.That(Choose(TuningMode.Kept, new FakeQueue(1, 1, 1, 1)), Is.EqualTo(1));
    }

    [Test]
    public void SimilarSizes_ShareAResult_OthersDoNot()
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        var tuner = Tuner(TuningMode.On, queue);
        tuner.Choose(new FakeTunable(100), queue);
        var trials = queue.Trials.Count;
        tuner.Choose(new FakeTunable(97), queue);
        Assert.That(queue.Trials, Has.Count.EqualTo(trials));
        tuner.Choose(new FakeTunable(96), queue);
        tuner.Choose(new FakeTunable(100, "transposed"), queue);
        Assert.That(folder.FileNames, Has.Length.EqualTo(3));
    }

    [Test]
    public void UnsuitableCandidate_IsNotTried()
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        Assert.That(Tuner(TuningMode.On, queue).Choose(new FakeTunable(100, unsuited: 2), queue), Is.EqualTo(1));
        Assert.That(queue.Trials, Does.Not.Contain(2));
    }

    [Test]
    public void ComputationOfOneCandidate_IsNotMeasured()
    {
        var queue = new FakeQueue(4, 3, 2.5, 30);
        Assert.That(Tuner(TuningMode.On, queue).Choose(new FakeTunable(100, suited: 1), queue), Is.Zero);
        Assert.That(queue.Trials, Is.Empty);
        Assert.That(folder.FileNames, Is.Empty);
    }

    [Test]
    public void RefusedCandidate_IsKeptWithoutATimeAndNotChosen()
    {
        Assert.That(Choose(TuningMode.On, new FakeQueue(4, 3, -1, 30)), Is.EqualTo(1));
        Assert.That(TuningResult.Parse(File.ReadAllBytes(PathOf(new FakeTunable(100)))).Milliseconds["two"], Is.Null);
    }

    [Test]
    public void CandidatesThatDoNothing_AreRefused()
    {
        var device = new FewItemsDevice(64);
        Assert.That(new Tuner(Device, TuningMode.On, Cache, TimeProvider.System, lines.Add).Choose(default(IdleTunable), device), Is.Zero);
        var kept = TuningResult.Parse(File.ReadAllBytes(Cache.PathOf(Device, default(IdleTunable)))).Milliseconds;
        Assert.That(kept.Where(static pair => pair.Value is null).Select(static pair => pair.Key), Is.EqualTo(IdleTunable.Candidates.Skip(1)));
        Assert.That(device.Memory.LiveBytes, Is.Zero, "trials hand their scratch memory back");
    }

    [Test]
    public void RefusedCandidates_LeaveTheFirstAndNothingIsKept()
    {
        Assert.That(Choose(TuningMode.On, new FakeQueue(-1, -1, -1, -1)), Is.Zero);
        Assert.That(folder.FileNames, Is.Empty);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("{ \"chosen\": \"one\" }")]
    [TestCase("{ \"device\": \"d\", \"family\": \"f\", \"layout\": \"l\", \"sizes\": \"s\", \"chosen\": \"four\", \"milliseconds\": {} }")]
    public void DamagedResult_IsReportedAndMeasuredAgain(string contents)
    {
        var path = PathOf(new FakeTunable(100));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, contents);
        Assert.That(Choose(TuningMode.Kept, new FakeQueue(4, 3, 2.5, 30)), Is.Zero);
        Assert.That(reports.Single(), Does.Contain(path));
        Assert.That(Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30)), Is.EqualTo(2));
        Assert.That(Choose(TuningMode.Kept, new FakeQueue(1, 1, 1, 1)), Is.EqualTo(2));
        Assert.That(reports, Has.Count.EqualTo(2));
    }

    [Test]
    public void ResultOfOtherCandidates_IsNotFound()
    {
        Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30));
        var queue = new FakeQueue(4, 3, 2.5);
        Assert.That(Tuner(TuningMode.Kept, queue).Choose(default(FakeTunableOfAnotherVersion), queue), Is.Zero);
        Assert.That(reports, Is.Empty);
    }

    [Test]
    public void ResultOfAnotherDevice_IsNotFound()
    {
        Choose(TuningMode.On, new FakeQueue(4, 3, 2.5, 30));
        var queue = new FakeQueue(1, 1, 1, 1);
        var other = new Tuner("another device", TuningMode.Kept, Cache, queue.Clock, lines.Add);
        Assert.That(other.Choose(new FakeTunable(100), queue), Is.Zero);
    }

    [Test]
    public void ManyProcesses_SeeWholeResults()
    {
        Parallel.For(0, 100, i =>
        {
            var queue = new FakeQueue(4, 3, 2.5, 30);
            var tuner = new Tuner(Device, i % 2 == 0 ? TuningMode.Again : TuningMode.On, Cache, queue.Clock, static _ => { });
            Assert.That(tuner.Choose(new FakeTunable(100), queue), Is.EqualTo(2));
        });
        Assert.That(reports, Is.Empty);
        Assert.That(folder.FileNames, Has.Length.EqualTo(1), "nothing unfinished stays");
    }

    [Test]
    public void FolderThatCannotBe_IsReportedAndNoError()
    {
        var file = folder.Write("file", []);
        var queue = new FakeQueue(4, 3, 2.5, 30);
        var tuner = new Tuner(Device, TuningMode.On, new TuningCache(file, reports.Add), queue.Clock, lines.Add);
        Assert.That(tuner.Choose(new FakeTunable(100), queue), Is.EqualTo(2));
        Assert.That(reports.Single(), Does.Contain(file));
    }

    private TuningCache Cache => new(folder.FullName, reports.Add);

    private int Choose(TuningMode mode, FakeQueue queue) => Tuner(mode, queue).Choose(new FakeTunable(100), queue);

    private Tuner Tuner(TuningMode mode, FakeQueue queue) => new(Device, mode, Cache, queue.Clock, lines.Add);

    private string PathOf(in FakeTunable tunable) => Cache.PathOf(Device, tunable);
}
