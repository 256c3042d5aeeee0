using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Cuda;

/// <summary>What is found where there is a driver, and the reason where nothing is.</summary>
[NonParallelizable]
public class CudaSearchTests
{
    [Test]
    public void DriverWithDevices_ListsThemAndAutoTakesTheFirst() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(devices: 2);
        var device = Device.Get("cuda:1");
        Assert.Multiple(() =>
        {
            Assert.That(device.Description, Does.Contain("Stub 1, compute capability 9.0, 132 multiprocessors, 8.0 GiB memory, 227 KiB"));
            Assert.That(device.Description, Does.Contain("driver for CUDA 12.4"));
            Assert.That(Device.Get("auto").Name, Is.EqualTo("cuda:0"));
            Assert.That(Device.Get("cuda").Name, Is.EqualTo("cuda:0"));
            Assert.That(((CompiledDevice)device).Profile.HasMatrixUnits);
            Assert.That(Device.Absent().Select(static absent => absent.Kind), Does.Not.Contain("cuda"));
        });
    });

    [Test]
    public void DeviceBeforeAmpere_HasNeitherMatrixUnitsNorAsyncCopies() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(capability: 75);
        var profile = ((CompiledDevice)Device.Get("cuda:0")).Profile;
        Assert.That((profile.HasMatrixUnits, profile.HasAsyncCopies, profile.IsCpuLike), Is.EqualTo((false, false, false)));
    });

    [Test]
    public void MachineWithoutDevice_IsTheReason() => StubDriver.Run(static () =>
    {
        StubDriver.Fail("cuInit", 100);
        AssertAbsent("cuInit failed with CUDA_ERROR_NO_DEVICE (100): no CUDA-capable device is detected");
    });

    [Test]
    public void OldDriver_IsTheReason() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(driverVersion: 10020);
        AssertAbsent("the driver is for CUDA 10.2; needs 11.0");
    });

    [Test]
    public void OldDevice_IsTheReason() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(capability: 61);
        AssertAbsent("Stub 0 is too old: needs compute capability 7.0, has 6.1");
    });

    [Test]
    public void NoDevice_IsTheReason() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(devices: 0);
        AssertAbsent("the driver finds no device");
    });

    [Test]
    public void LibraryThatIsAnother_IsTheReason()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("libc.so.6 is Linux'");
        new EngineCopy(new Dictionary<string, string> { ["GPUKERAS_CUDA"] = "libc.so.6" })
            .Run(static () => AssertAbsent("the library is not a CUDA driver"));
    }

    private static void AssertAbsent(string reason)
    {
        Assert.That(Device.Absent().Single(static absent => absent.Kind == "cuda").Reason, Does.Contain(reason));
        Assert.That(
            static () => Device.Get("cuda:0"),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("'cuda:0'").And.Message.Contains(reason));
        Assert.That(Device.Get("auto").Kind, Is.Not.EqualTo("cuda"));
    }
}
