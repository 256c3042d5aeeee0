using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies;

public sealed class IndexCheckTests
{
    [TestCase(-1), TestCase(5), TestCase(int.MinValue)]
    public void RequireOnDevice_ABadInt32_ThrowsAsOnTheHost(int bad)
    {
        using var indices = new HostArray<int>([0, 4, bad, 1]);
        Check(indices.View);
    }

    [TestCase(-1), TestCase(5), TestCase(1L << 40)]
    public void RequireOnDevice_ABadInt64_ThrowsAsOnTheHost(long bad)
    {
        using var indices = new HostArray<long>([3, bad]);
        Check(indices.View);
    }

    [Test]
    public void RequireOnDevice_GoodIndices_Pass()
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        using var indices = new HostArray<int>([0, 4, 2]);
        Assert.That(() => IndexCheck.RequireOnDevice(launcher, indices.View, 5, "label"), Throws.Nothing);
    }

    [Test]
    public void OrZero_OutsideTheLimit_IsZero() => Assert.Multiple(static () =>
    {
        Assert.That(IndexCheck.OrZero(4, 5), Is.EqualTo(4));
        Assert.That(IndexCheck.OrZero(5, 5), Is.Zero);
        Assert.That(IndexCheck.OrZero(-1, 5), Is.Zero);
        Assert.That(IndexCheck.OrZero(4L, 5L), Is.EqualTo(4));
        Assert.That(IndexCheck.OrZero(-1L, 5L), Is.Zero);
    });

    private static void Check<T>(ArrayView<T> indices)
        where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        using var launcher = new SimulatedLauncher(SimulatedLauncher.GpuLike);
        var expected = Assert.Throws<IndexOutOfRangeException>(() => IndexCheck.Require(indices, 5, "label"))!;
        Assert.That(
            () => IndexCheck.RequireOnDevice(launcher, indices, 5, "label"),
            Throws.TypeOf<IndexOutOfRangeException>().With.Message.EqualTo(expected.Message));
    }
}
