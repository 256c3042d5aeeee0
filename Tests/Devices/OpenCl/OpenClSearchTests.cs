using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>Which devices are used, and the reason where one is not, over the stub library.</summary>
[NonParallelizable]
public class OpenClSearchTests
{
    [Test]
    public void Device_IsFoundAndAutoTakesIt() => StubOpenCl.Run(static () =>
    {
        Assert.That(Device.Get("auto").Name, Is.EqualTo("opencl:0"));
        Assert.That(
            Device.Get("opencl").Description, Does.Contain("Stub, a GPU with 8 compute units, 4.0 GiB memory, 32 KiB shared memory, no float64"));
    });

    [Test]
    public void ProcessorsDevice_IsNotChosenByAuto() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Info(0x1000, 2);
        Assert.That(Device.Get("auto").Kind, Is.Not.EqualTo("opencl"));
        Assert.That(((CompiledDevice)Device.Get("opencl:0")).Profile.IsCpuLike);
    });

    [Test]
    public void OldDevice_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Versions("OpenCL 1.1 stub", "7");
        AssertAbsent("Stub too old: needs OpenCL 1.2, has OpenCL 1.1 stub");
    });

    [Test]
    public void DeviceWithoutAVersion_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Versions("stub", "7");
        AssertAbsent("Stub too old");
    });

    [Test]
    public void DeviceThatIsNotAvailable_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Info(0x1027, 0);
        AssertAbsent("Stub not available at present");
    });

    [Test]
    public void DeviceWithoutACompiler_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Info(0x1028, 0);
        AssertAbsent("Stub has no compiler");
    });

    [Test]
    public void BigEndianDevice_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Info(0x1026, 0);
        AssertAbsent("Stub is big-endian");
    });

    [Test]
    public void DeviceOf32BitAddresses_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Info(0x100D, 32);
        AssertAbsent("Stub has 32-bit addresses");
    });

    [Test]
    public void LibraryThatFails_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Fail("clGetPlatformIDs", -6);
        AssertAbsent("clGetPlatformIDs failed with CL_OUT_OF_HOST_MEMORY");
    });

    [Test]
    public void PlatformWithoutDevices_IsTheReason() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Fail("clGetDeviceIDs", -1);
        AssertAbsent("has 1 platform(s) but no device");
    });

    // Of 64 bits, as the profile counts in 32.
    [Test]
    public void NumbersBeyondAnInt_AreItsLargest() => StubOpenCl.Run(static () =>
    {
        _ = Device.Get("opencl:0");
        StubOpenCl.Info(0x1023, 1UL << 32);
        Assert.That(new OpenClInfo(12).LocalMemoryBytes, Is.EqualTo(int.MaxValue));
        StubOpenCl.Info(0x1004, ulong.MaxValue);
        Assert.That(new OpenClInfo(12).MaxGroupSize, Is.EqualTo(int.MaxValue));
        StubOpenCl.Info(0x1017, 1UL << 31);
        Assert.That(new OpenClInfo(12).MaxArgumentBytes, Is.EqualTo(int.MaxValue));
    });

    private static void AssertAbsent(string reason)
    {
        Assert.That(Device.Absent().Single(static absent => absent.Kind == "opencl").Reason, Does.Contain(reason));
        Assert.That(
            static () => Device.Get("opencl:0"),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("'opencl:0'").And.Message.Contains(reason));
        Assert.That(Device.Get("auto").Kind, Is.Not.EqualTo("opencl"));
    }
}
