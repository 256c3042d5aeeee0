using GpuKeras.Saving;
using GpuKeras.Tests.Callbacks;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Readers of files are given 100,000 inputs that are nearly good, more with <c>GPUKERAS_FUZZ_INPUTS</c>.</summary>
[NonParallelizable]
public sealed class FuzzTests
{
    private static IEnumerable<TestCaseData> Targets => FuzzTargets.All.Select(static target => new TestCaseData(target).SetArgDisplayNames(target.Name));

    [TestCaseSource(nameof(Targets))]
    public void Read_NearlyGoodFiles_NothingButTypedErrors(object target)
    {
        var fuzzed = (FuzzTarget)target;
        // Loading warns, again and again.
        using var errors = new CapturedErrors();
        new FuzzRun(fuzzed, FuzzOptions.InputsOf(fuzzed), FuzzOptions.Seed).Run();
    }

    [TestCaseSource(nameof(Targets))]
    public void Read_GoodFiles_NoError(object target)
    {
        using var folder = new TemporaryFolder();
        using var errors = new CapturedErrors();
        foreach (var seed in ((FuzzTarget)target).Seeds)
            try
            {
                ((FuzzTarget)target).Read(seed, folder.File("good"));
            }
            catch (FileFormatException expected) when (expected.Message.Contains("not followed") || expected.Message.Contains("not read"))
            {
                // Files with parts that are refused on purpose are seeds as well.
            }
    }

    [Test]
    public void Shares_Together_AreAllInputs() => Assert.That(FuzzTargets.All.Sum(static target => target.Share), Is.EqualTo(100_000));
}
