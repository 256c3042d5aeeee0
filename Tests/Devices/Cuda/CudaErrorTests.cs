using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Cuda;

/// <summary>What the driver refuses, as typed errors, over the stub driver.</summary>
[NonParallelizable]
public class CudaErrorTests
{
    private const string Empty = ".version 7.0\n.visible .entry empty(\n)\n{\n}\n";

    private static CudaDevice Device => (CudaDevice)GpuKeras.Device.Get("cuda:0");

    [Test]
    public void OutOfMemory_IsATypedErrorAndTheDeviceWorksOn() => StubDriver.Run(static () =>
    {
        StubDriver.Limit(64 << 20);
        var held = new List<Storage>();
        Assert.That(
            () =>
            {
                while (true)
                    held.Add(Device.Memory.RentScratch(10 << 20));
            },
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("cuda:0").And.Message.Contains("requested 10,485,760"));
        // The staging slots take 16 MiB of the 64.
        Assert.That(held, Has.Count.EqualTo(4));
        foreach (var storage in held)
            storage.Release();
        // Larger than any block of the pool, which must be trimmed for it.
        Device.Memory.RentScratch(40 << 20).Release();
    });

    [Test]
    public void LaunchWithoutMemory_GetsWhatThePoolHolds() => StubDriver.Run(static () => AssertGetsRoom("cuLaunchKernel"));

    [Test]
    public void ModuleWithoutMemory_GetsWhatThePoolHolds() => StubDriver.Run(static () => AssertGetsRoom("cuModuleLoadData"));

    [Test]
    public void DeviceThatWasFullAtTheStart_WorksLater() => StubDriver.Run(static () =>
    {
        StubDriver.Fail("cuMemHostAlloc", 2, after: 2);
        Assert.That(
            static () => Device.Memory.RentScratch(100),
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("cuMemHostAlloc"));
        StubDriver.Reset();
        // Just what one set of staging slots leaves.
        StubDriver.Limit((16 << 20) + 128);
        Device.Memory.RentScratch(100).Release();
    });

    [TestCase(214), TestCase(220), TestCase(226), TestCase(700), TestCase(702), TestCase(709), TestCase(710), TestCase(714), TestCase(715)]
    [TestCase(716), TestCase(717), TestCase(718), TestCase(719), TestCase(721)]
    public void CodesThatEndTheContext_LoseTheDevice(int code) => Assert.That(CudaStatus.IsLost(code));

    [TestCase(1), TestCase(2), TestCase(100), TestCase(218), TestCase(222), TestCase(400), TestCase(701), TestCase(703), TestCase(720)]
    public void OtherCodes_DoNot(int code) => Assert.That(CudaStatus.IsLost(code), Is.False);

    [Test]
    public void MissingOrForbiddenAssembler_IsAnErrorWithTheRemedy() => StubDriver.Run(static () =>
    {
        foreach (var call in (string[])["cuLinkCreate_v2", "cuLinkAddData_v2"])
        {
            StubDriver.Fail(call, 221);
            AssertBuildFails("CUDA_ERROR_JIT_COMPILER_NOT_FOUND (221)", "NVIDIA_DRIVER_CAPABILITIES");
            StubDriver.Fail(call, 223);
            AssertBuildFails("CUDA_ERROR_JIT_COMPILATION_DISABLED (223)", "CUDA_DISABLE_PTX_JIT");
        }

        static void AssertBuildFails(string code, string remedy) => Assert.That(
            static () => Device.Build(new("empty", Empty, 0), []),
            Throws.InstanceOf<KernelBuildException>().With.Message.Contains(code).And.Message.Contains(remedy));
    });

    [Test]
    public void RefusedLaunch_NamesTheCodeTheKernelAndTheGeometry() => StubDriver.Run(static () =>
    {
        var kernel = Device.Build(new("empty", Empty, 0), []);
        StubDriver.Fail("cuLaunchKernel", 701);
        Assert.That(
            () => kernel.Enqueue(KernelConfig.Linear(3, 512), 0, []),
            Throws.InstanceOf<DeviceCallException>().With.Message.Contains("CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES (701)")
                .And.Message.Contains("cuLaunchKernel").And.Message.Contains("'empty'").And.Message.Contains("3x1x1 groups of 512x1x1")
                .And.Property(nameof(DeviceCallException.Geometry)).EqualTo(KernelConfig.Linear(3, 512)));
        StubDriver.Reset();
        kernel.Enqueue(KernelConfig.Linear(3, 512), 0, []);
        Device.Synchronize();
    });

    [Test]
    public void KernelThatFails_LosesTheDevice() => StubDriver.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        Device.Build(new("empty", Empty, 0), []).Enqueue(KernelConfig.Linear(1, 32), 0, []);
        StubDriver.Fail("cuStreamSynchronize", 700);
        Assert.That(
            static () => Device.Synchronize(),
            Throws.InstanceOf<DeviceLostException>().With.Message.Contains("CUDA_ERROR_ILLEGAL_ADDRESS (700)")
                .And.Message.Contains("cuStreamSynchronize").And.Message.Contains("'empty'")
                .And.Property(nameof(DeviceLostException.LastKernel)).EqualTo("empty"));
        // Memory that comes back later is no second error.
        StubDriver.Fail("cuMemFree_v2", 700);
        storage.Release();
        Assert.That(static () => Device.Memory.Trim(), Throws.Nothing);
    });

    [Test]
    public void ModuleOnALostDevice_IsThatError() => StubDriver.Run(static () =>
    {
        StubDriver.Fail("cuModuleLoadData", 700);
        Assert.That(
            static () => Device.Build(new("empty", Empty, 0), []),
            Throws.InstanceOf<DeviceLostException>().With.Message.Contains("cuModuleLoadData"));
    });

    [Test]
    public void BrokenPtx_IsAnErrorWithTheLogAndTheCode() => StubDriver.Run(static () => Assert.That(
        static () => Device.Build(new("empty", Empty + "nonsense", 0), []),
        Throws.InstanceOf<KernelBuildException>().With.Message.Contains("'empty'").And.Message.Contains("CUDA_ERROR_INVALID_PTX (218)")
            .And.Message.Contains("ptxas error: line 7: nonsense").And.Property(nameof(KernelBuildException.Code)).EqualTo(Empty + "nonsense")));

    [Test]
    public void BinaryThatItsOwnDriverRefuses_IsAnError() => StubDriver.Run(static () =>
    {
        StubDriver.Fail("cuModuleLoadData", 200);
        Assert.That(
            static () => Device.Build(new("empty", Empty, 0), []),
            Throws.InstanceOf<DeviceException>().With.Message.Contains("refuses its own binary of kernel 'empty'"));
    });

    [Test]
    public void PtxThatTheDriverIsTooOldFor_SaysSo() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(driverVersion: 11040);
        StubDriver.Fail("cuLinkAddData_v2", 222);
        Assert.That(
            static () => Device.Build(new("empty", Empty, 0), []),
            Throws.InstanceOf<KernelBuildException>().With.Message.Contains("CUDA_ERROR_UNSUPPORTED_PTX_VERSION (222)")
                .And.Message.Contains("driver is for CUDA 11.4").And.Message.Contains("install a newer driver"));
    });

    [Test]
    public void SharedMemoryBeyondTheDevice_IsAnErrorWithTheKernel() => StubDriver.Run(static () => Assert.That(
        static () => Device.Build(new("empty", Empty, 300_000), []),
        Throws.InstanceOf<DeviceCallException>().With.Message.Contains("300,000 bytes").And.Message.Contains("'empty'")));

    private static void AssertGetsRoom(string call)
    {
        Device.Memory.RentScratch(1 << 20).Release();
        StubDriver.Fail(call, 2, times: 1);
        Launch();
        Assert.That(Device.Memory.PooledBytes, Is.Zero);

        Device.Memory.RentScratch(1 << 20).Release();
        StubDriver.Fail(call, 2);
        Assert.That(
            Launch, Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains(call).And.Message.Contains("CUDA_ERROR_OUT_OF_MEMORY"));
        StubDriver.Reset();
        Launch();

        static void Launch() => Device.Build(new("empty", Empty, 0), []).Enqueue(KernelConfig.Linear(1, 32), 0, []);
    }
}
