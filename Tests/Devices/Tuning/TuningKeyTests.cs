using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Tuning;

public class TuningKeyTests
{
    [Test]
    public void Bucket_HasFourStepsForEachPowerOfTwo() => Assert.That(
        Enumerable.Range(0, 66).Select(TuningKey.Bucket).Distinct(),
        Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80 }));

    [Test]
    public void Bucket_IsNoSmallerThanTheSize()
    {
        foreach (var size in new[] { 5, 9, 100, 1000, 1025, 1 << 30, (1 << 30) + 1, int.MaxValue })
            Assert.That(TuningKey.Bucket(size), Is.GreaterThanOrEqualTo(size).And.LessThanOrEqualTo(size * 1.25));
    }

    [Test]
    public void Key_NamesItsSizes() => Assert.That(TuningKey.Of(3, 1, 1000, 10, 784).ToString(), Is.EqualTo("1x1024x10x896"));
}
