using GpuKeras.Perf.Compare;
using NUnit.Framework;

namespace GpuKeras.Tests.Perf;

/// <summary>A comparison of two sides that do different work is refused.</summary>
public class EvidenceTests
{
    [Test]
    public void Same_OrUnknown_Passes()
    {
        var full = new Evidence { Parameters = 5, FirstLoss = 2, LastLoss = 1, Sample = [1, -4, 0] };
        Assert.That(() => full.CheckAgainst(full with { FirstLoss = 3, Sample = [1, -4.0003, 0.0003] }, "w", "peer"), Throws.Nothing);
        Assert.That(() => full.CheckAgainst(new Evidence(), "w", "peer"), Throws.Nothing);
    }

    [TestCase(1.001, -4, 0)]
    [TestCase(1, double.NaN, 0)]
    [TestCase(1, -4, double.NegativeInfinity)]
    public void Sample_Differs_IsRefused(double first, double second, double third) =>
        Assert.That(
            () => new Evidence { Sample = [1, -4, 0] }.CheckAgainst(new Evidence { Sample = [first, second, third] }, "w", "peer"),
            Throws.TypeOf<DifferentWorkException>().With.Message.Contains("element"));

    [TestCase(0.009, true)]
    [TestCase(0.011, false)]
    public void Sample_OfLessPrecision_MayDifferByItsTolerance(double difference, bool passes)
    {
        var rounded = new Evidence { Sample = [1, 0], RelativeTolerance = 0.01 };
        Assert.That(() => rounded.CheckAgainst(new Evidence { Sample = [1 + difference, 0] }, "w", "peer"), passes ? Throws.Nothing : Throws.TypeOf<DifferentWorkException>());
    }

    [Test]
    public void Sample_OfAnotherLength_IsRefused() =>
        Assert.That(
            () => new Evidence { Sample = [1, 2] }.CheckAgainst(new Evidence { Sample = [1] }, "w", "peer"),
            Throws.TypeOf<DifferentWorkException>().With.Message.Contains("2 samples, and 1 in peer"));

    [TestCase(2.0, 2.5)]
    [TestCase(2.0, double.NaN)]
    [TestCase(double.NaN, 1.0)]
    public void Loss_ThatDoesNotFall_IsRefusedOnEitherSide(double first, double last)
    {
        var stuck = new Evidence { FirstLoss = first, LastLoss = last };
        Assert.That(
            () => stuck.CheckAgainst(new Evidence(), "w", "peer"), Throws.TypeOf<DifferentWorkException>().With.Message.Contains("the loss of ours"));
        Assert.That(
            () => new Evidence().CheckAgainst(stuck, "w", "peer"), Throws.TypeOf<DifferentWorkException>().With.Message.Contains("the loss of peer"));
    }

    [Test]
    public void SampleOf_HasFirstAndLast()
    {
        var sample = Evidence.SampleOf([.. Enumerable.Range(0, 1001).Select(static i => (float)i)]);
        Assert.That((sample.Count, sample[0], sample[^1]), Is.EqualTo((256, 0.0, 1000.0)));
        Assert.That(Evidence.SampleOf([7f]), Is.EqualTo(new[] { 7.0 }));
    }
}
