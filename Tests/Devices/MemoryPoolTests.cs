using NUnit.Framework;

namespace GpuKeras.Tests.Devices;

public class MemoryPoolTests
{
    [TestCase(0, 64)]
    [TestCase(1, 64)]
    [TestCase(64, 64)]
    [TestCase(65, 128)]
    [TestCase(1000, 1024)]
    [TestCase(1024, 1024)]
    [TestCase(1025, 1280)]
    [TestCase(1281, 1536)]
    [TestCase(1L << 32, 1L << 32)]
    [TestCase((1L << 32) + 1, (1L << 32) + (1L << 30))]
    public void RoundUp_GivesFourSizesPerPowerOfTwo(long bytes, long expected) =>
        Assert.That(MemoryPool.RoundUp(bytes), Is.EqualTo(expected));

    [Test]
    public void ImpossibleRequest_SaysWhatIsLiveAndPooled()
    {
        var device = Device.Get("cpu");
        Assert.That(
            () => device.Memory.Rent(1L << 60, scope: null),
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("live").And.Message.Contains("pooled")
                .And.Message.Contains("cpu"));
        Assert.That(Tensor.Ones([4]).Sum().ToScalar(), Is.EqualTo(4), "the device works on after the error");
    }

    // 2⁶³ bytes, and nearly 2⁶⁴: negative numbers of 64 bits.
    [TestCase(1 << 30, 1 << 30)]
    [TestCase(1 << 30, int.MaxValue)]
    public void TensorOfMoreBytesThanALongCounts_IsOutOfMemory(int rows, int columns)
    {
        using var use = Device.Use("cpu");
        Assert.That(() => Tensor.Zeros([rows, columns], DType.Float64), Throws.InstanceOf<DeviceOutOfMemoryException>());
    }

    [Test]
    public void UnknownDevice_ListsTheKnownOnes() =>
        Assert.That(
            () => Device.Use("cuda:77"),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("'cuda:77'").And.Message.Contains("'cpu'"));

    [Test]
    public void Use_SelectsUntilDisposed()
    {
        using (Device.Use("cpu"))
            Assert.That(Device.Current.Name, Is.EqualTo("cpu"));
        Assert.That(Device.List(), Has.Some.Property(nameof(Device.Name)).EqualTo("cpu"));
        Assert.That(Device.Absent(), Has.All.Property(nameof(AbsentDevice.Reason)).Not.Empty);
    }
}
