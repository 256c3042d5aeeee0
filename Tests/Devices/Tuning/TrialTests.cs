using GpuKeras.Kernels;
using GpuKeras.Kernels.Linear;
using GpuKeras.Tests.Support;
using NUnit.Framework;
using Product = GpuKeras.Kernels.Linear.ProductTuning<
    GpuKeras.Kernels.Linear.MatrixSource<float>, GpuKeras.Kernels.Linear.MatrixSource<float>, float>;

namespace GpuKeras.Tests.Devices.Tuning;

/// <summary>What is measured is the whole computation: a trial that left some of it out would win.</summary>
public sealed class TrialTests
{
    private static readonly MatMulSizes Sizes = new(5, 72, 36);

    private static IEnumerable<TestCaseData> EveryCandidate => [.. Names<Product>(cpuLike: false), .. Names<PanelTuning>(cpuLike: true)];

    [TestCaseSource(nameof(EveryCandidate))]
    public void Trial_OfEachCandidate_LeavesTheProductInScratchMemory(bool cpuLike, int candidate)
    {
        using var launcher = new NotingLauncher(cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike);
        using var ones = new HostArray<float>(Enumerable.Repeat(1f, Math.Max(Sizes.Rows, Sizes.Columns) * Sizes.Inner).ToArray());
        var (a, b) = (MatMulOperands.A(ones.View, Sizes, default), MatMulOperands.B(ones.View, Sizes, default));
        if (cpuLike)
            new PanelTuning(a, b, 1, hasOneB: true).Try(launcher, candidate);
        else
            new Product(new(a), new(b), new(1, Sizes.Rows, Sizes.Columns, Sizes.Inner, 1, Sizes.Inner), launcher.Profile).Try(launcher, candidate);
        Assert.That(launcher.Sums, Has.Some.EqualTo(Sizes.Rows * Sizes.Columns * Sizes.Inner));
    }

    private static IEnumerable<TestCaseData> Names<TTunable>(bool cpuLike)
        where TTunable : struct, ITunable =>
        Enumerable.Range(0, TTunable.Candidates.Count).Select(i => new TestCaseData(cpuLike, i).SetArgDisplayNames(TTunable.Family, TTunable.Candidates[i]));
}
