using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>What the library refuses, as typed errors, over the stub library.</summary>
[NonParallelizable]
public class OpenClErrorTests
{
    private const string Empty = "__kernel void empty()";

    private static OpenClDevice Device => (OpenClDevice)GpuKeras.Device.Get("opencl:0");

    [Test]
    public void DeviceThatCouldNotBeStarted_WorksLaterAndNothingIsLeft() => StubOpenCl.Run(static () =>
    {
        foreach (var call in (string[])["clCreateContext", "clCreateCommandQueue"])
        {
            StubOpenCl.Fail(call, -6);
            Assert.That(
                static () => Device.Memory.RentScratch(100), Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains(call));
            StubOpenCl.Fail(call, -2);
            Assert.That(
                static () => Device.Build("empty", Empty, []),
                Throws.InstanceOf<DeviceCallException>().With.Message.Contains($"{call} failed with CL_DEVICE_NOT_AVAILABLE (-2)"));
            Assert.That(StubOpenCl.Live, Is.Empty);
        }
        StubOpenCl.Reset();
        Device.Memory.RentScratch(100).Release();
        Device.Build("empty", Empty, []);
    });

    [TestCase(-2), TestCase(-33), TestCase(-34), TestCase(-36), TestCase(-9999)]
    public void CodesOfALostDevice(int code) => Assert.That((OpenClStatus.IsLost(code), OpenClStatus.MayBeLost(code)), Is.EqualTo((true, false)));

    [TestCase(-5), TestCase(-14)]
    public void CodesOfADeviceThatMayBeLost(int code) =>
        Assert.That((OpenClStatus.IsLost(code), OpenClStatus.MayBeLost(code)), Is.EqualTo((false, true)));

    [TestCase(-1), TestCase(-4), TestCase(-6), TestCase(-11), TestCase(-30), TestCase(-38), TestCase(-48), TestCase(-54), TestCase(-61)]
    public void OtherCodes(int code) => Assert.That((OpenClStatus.IsLost(code), OpenClStatus.MayBeLost(code)), Is.EqualTo((false, false)));

    [Test]
    public void QueueThatTheDriverHasGivenUp_IsALostDevice() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        Launch();
        StubOpenCl.Fail("clFinish", -36);
        Assert.That(
            static () => Device.Synchronize(),
            Throws.InstanceOf<DeviceLostException>().With.Message.Contains("CL_INVALID_COMMAND_QUEUE (-36)")
                .And.Message.Contains("clFinish").And.Property(nameof(DeviceLostException.LastKernel)).EqualTo("empty"));
        // Memory that comes back later is no second error.
        StubOpenCl.Fail("clReleaseMemObject", -36);
        storage.Release();
        Assert.That(static () => Device.Memory.Trim(), Throws.Nothing);
    });

    // What NVIDIA's driver says of a kernel that accessed memory that is not there, and others of a launch that asks for too much.
    [Test]
    public void OutOfResources_IsALostDeviceWhereTheQueueFailsToo() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        Launch();
        StubOpenCl.Fail("clEnqueueReadBuffer", -5, times: 1);
        Assert.That(
            () => Device.Download(storage, 0, new byte[4]),
            Throws.InstanceOf<DeviceCallException>().With.Message.Contains("CL_OUT_OF_RESOURCES (-5)"));
        StubOpenCl.Fail("clEnqueueNDRangeKernel", -5, times: 1);
        Assert.That(
            Launch,
            Throws.InstanceOf<DeviceCallException>().With.Property(nameof(DeviceCallException.Geometry)).EqualTo(KernelConfig.Linear(3, 64)));
        StubOpenCl.Fail("clCreateBuffer", -5);
        Assert.That(static () => Device.Memory.RentScratch(1000), Throws.InstanceOf<DeviceOutOfMemoryException>());
        StubOpenCl.Fail("clFinish", -5, times: 1);
        Assert.That(static () => Device.Synchronize(), Throws.InstanceOf<DeviceCallException>());
        Device.Synchronize();
        StubOpenCl.Fail("clFinish", -5);
        Assert.That(
            static () => Device.Synchronize(),
            Throws.InstanceOf<DeviceLostException>().With.Message.Contains("CL_OUT_OF_RESOURCES (-5)").And.Message.Contains("'empty'"));
    });

    [Test]
    public void LaunchOnALostDevice_IsThatError() => StubOpenCl.Run(static () =>
    {
        Launch();
        StubOpenCl.Fail("clCreateBuffer", -36, times: 1);
        Assert.That(static () => Device.Memory.RentScratch(100), Throws.InstanceOf<DeviceLostException>());
        StubOpenCl.Fail("clEnqueueNDRangeKernel", -9999);
        Assert.That(Launch, Throws.InstanceOf<DeviceLostException>().With.Message.Contains("clEnqueueNDRangeKernel of 'empty'"));
    });

    [Test]
    public void LaunchWithoutMemory_GetsWhatThePoolHolds() => StubOpenCl.Run(static () => AssertGetsRoom("clEnqueueNDRangeKernel", Launch));

    [Test]
    public void UploadWithoutMemory_GetsWhatThePoolHolds() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        AssertGetsRoom("clCreateBuffer", () => Device.Upload([1], storage, 0));
    });

    [Test]
    public void StagingThatCannotBeMapped_LeavesNothing() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        StubOpenCl.Fail("clEnqueueMapBuffer", -12);
        Assert.That(
            () => Device.Upload([1], storage, 0), Throws.InstanceOf<DeviceCallException>().With.Message.Contains("CL_MAP_FAILURE"));
        Assert.That(StubOpenCl.Live, Is.EqualTo("contexts 1 queues 1 buffers 1"));
        StubOpenCl.Reset();
        Device.Upload([1], storage, 0);
    });

    [Test]
    public void UploadThatFailedOnItsWay_IsAnErrorOfALaterOneAndItsEventIsReleased() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        for (var i = 0; i < 8; i++)
            Device.Upload([1], storage, 0);
        StubOpenCl.Fail("clWaitForEvents", -14, times: 1);
        Assert.That(() => Device.Upload([1], storage, 0), Throws.InstanceOf<DeviceCallException>().With.Message.Contains("clWaitForEvents"));
        Assert.That(StubOpenCl.Live, Does.EndWith("events 7"));
        Device.Upload([1], storage, 0);
    });

    private static void Launch() => Device.Build("empty", Empty, []).Enqueue(KernelConfig.Linear(3, 64), 0, []);

    private static void AssertGetsRoom(string call, Action action)
    {
        Device.Memory.RentScratch(1 << 20).Release();
        StubOpenCl.Fail(call, -4, times: 1);
        action();
        Assert.That(Device.Memory.PooledBytes, Is.Zero);

        Device.Memory.RentScratch(1 << 20).Release();
        StubOpenCl.Fail(call, -4);
        Assert.That(
            () => action(),
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains(call).And.Message.Contains("CL_MEM_OBJECT_ALLOCATION_FAILURE"));
        StubOpenCl.Reset();
        action();
    }
}
