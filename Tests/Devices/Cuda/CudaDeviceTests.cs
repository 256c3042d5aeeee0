using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Cuda;

/// <summary>The device's memory, queue and errors, over the stub driver.</summary>
[NonParallelizable]
public class CudaDeviceTests
{
    // What the stub driver's kernel is called like.
    private const string Scale = ".version 7.0\n.visible .entry scale(\n  .param .u64 p0,\n  .param .u64 p1,\n  .param .f32 p2,\n  .param .u32 p3\n)\n{\n}\n";

    private static readonly KernelArgument[] ScaleArguments =
    [
        Argument(ArgumentKind.Pointer, 0, 8), Argument(ArgumentKind.Pointer, 8, 8),
        Argument(ArgumentKind.Value, 16, 4), Argument(ArgumentKind.Count, 0, 4),
    ];

    private static CudaDevice Device => (CudaDevice)GpuKeras.Device.Get("cuda:0");

    [Test]
    public void UploadsAndLaunches_LazyStreams_RunInOrder() => StubDriver.Run(static () => AssertOrder(0));

    [Test]
    public void UploadsAndLaunches_EagerQueue_RunInOrder() => StubDriver.Run(static () => AssertOrder(1));

    [Test]
    public void UploadsAndLaunches_EagerUploads_RunInOrder() => StubDriver.Run(static () => AssertOrder(2));

    [Test]
    public void UploadsAndLaunches_EagerStreams_RunInOrder() => StubDriver.Run(static () => AssertOrder(3));

    [Test]
    public void Copies_AnyLength_GiveTheBytesBack() => StubDriver.Run(static () =>
    {
        foreach (var bytes in (int[])[1, 5, CudaStaging.SlotBytes - 1, CudaStaging.SlotBytes, CudaStaging.SlotBytes + 1, 6 * CudaStaging.SlotBytes + 7])
        {
            var values = new byte[bytes];
            new Random(bytes).NextBytes(values);
            var storage = Device.Memory.RentScratch(bytes + 3);
            Device.Upload(values, storage, 3);
            var back = new byte[bytes];
            Device.Download(storage, 3, back);
            Assert.That(back.AsSpan().SequenceEqual(values), $"{bytes} bytes");
            storage.Release();
        }
    });

    [Test]
    public void Calls_OnThreadsOfTheirOwn_HaveTheContext() => StubDriver.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(4);
        var kernel = Device.Build(new("scale", Scale, 0), ScaleArguments);
        var back = new byte[4];
        OnNewThread(() => Device.Upload([1, 2, 3, 4], storage, 0));
        OnNewThread(() => kernel.Enqueue(KernelConfig.Linear(1, 32), 0, new byte[20]));
        OnNewThread(() => Device.Synchronize());
        OnNewThread(() => Device.Download(storage, 0, back));
        OnNewThread(() => Device.Build(new("scale", Scale + " ", 0), ScaleArguments));
        OnNewThread(() => Device.Memory.RentScratch(8000).Release());
        OnNewThread(() => Device.Memory.Trim());
        Assert.That(back, Is.EqualTo(new byte[] { 1, 2, 3, 4 }));

        static void OnNewThread(Action action) =>
            Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait();
    });

    [Test]
    public void Trim_WhileWorkIsQueued_WaitsForIt() => StubDriver.Run(static () =>
    {
        var kernel = Device.Build(new("scale", Scale, 0), ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(8000));
        Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat(2f, 1000).ToArray().AsSpan()), x, 0);
        Enqueue(kernel, x, y, 3, 1000);
        x.Release();
        Device.Memory.Trim();
        var back = new float[1000];
        Device.Download(y, 0, MemoryMarshal.AsBytes(back.AsSpan()));
        Assert.That(back, Is.All.EqualTo(6f));
    });

    [Test]
    public void TwoDevices_InTurnAndSideBySide_KeepToTheirContexts() => StubDriver.Run(static () =>
    {
        StubDriver.Machine(devices: 2);
        var devices = new[] { "cuda:0", "cuda:1" }.Select(static name => (CudaDevice)GpuKeras.Device.Get(name)).ToArray();
        var parts = devices.Select(static (device, number) => (
            Device: device, Kernel: device.Build(new("scale", Scale, 0), ScaleArguments),
            X: device.Memory.RentScratch(4000), Y: device.Memory.RentScratch(4000), Factor: 2f + number)).ToArray();
        foreach (var part in parts)
            part.Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat(1f, 1000).ToArray().AsSpan()), part.X, 0);
        foreach (var part in parts)
            Enqueue(part.Kernel, part.X, part.Y, part.Factor, 1000);
        foreach (var part in parts.Reverse())
        {
            var back = new float[1000];
            part.Device.Download(part.Y, 0, MemoryMarshal.AsBytes(back.AsSpan()));
            Assert.That(back, Is.All.EqualTo(part.Factor));
        }
        foreach (var part in parts)
            part.X.Release();
        foreach (var part in parts)
            part.Device.Memory.Trim();
        Assert.That(parts.Select(static part => part.Device.Memory.PooledBytes), Is.All.Zero);
    });

    [Test]
    public void Launch_PassesGeometryAndArguments() => StubDriver.Run(static () =>
    {
        var kernel = Device.Build(new("blocks", ".entry blocks(\n .param .u64 p0,\n .param .align 8 .b8 p1[12],\n .param .f64 p2\n)", 60_000),
        [
            Argument(ArgumentKind.Pointer, 8, 8), Argument(ArgumentKind.Block, 16, 12), Argument(ArgumentKind.Value, 32, 8),
        ]);
        kernel.Enqueue(new(new(3, 4, 5), new(32, 2, 1)), 0, Enumerable.Range(0, 40).Select(static i => (byte)i).ToArray());
        Assert.That(StubDriver.Calls, Does.EndWith(
            "launch blocks 3 4 5 of 32 2 1, 60000: 08090a0b0c0d0e0f 101112131415161718191a1b 2021222324252627\n"));
    });

    [Test]
    public void Launch_OfALargerGroup_BuildsTheKernelAgain() => StubDriver.Run(static () =>
    {
        foreach (var items in (int[])[32, 64, 32, 64])
            Device.Launch(KernelConfig.Linear(1, items), WriteItem, Device.Scratch<int>(64));
        Assert.That(StubDriver.Calls.Split('\n').Count(static call => call.StartsWith("load", StringComparison.Ordinal)), Is.EqualTo(2), StubDriver.Calls);
        Assert.That(StubDriver.Calls.Split('\n').Count(static call => call.StartsWith("launch", StringComparison.Ordinal)), Is.EqualTo(4), StubDriver.Calls);
    });

    [Test]
    public void Launch_Warm_AllocatesNothing() => StubDriver.Run(static () =>
    {
        var kernel = Device.Build(new("scale", Scale, 0), ScaleArguments);
        var arguments = new byte[20];
        kernel.Enqueue(KernelConfig.Linear(1, 32), 0, arguments);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            kernel.Enqueue(KernelConfig.Linear(1, 32), 0, arguments);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    });

    [Test]
    public void Build_SecondTime_TakesTheBinaryFromTheCache() => StubDriver.Run(static () =>
    {
        Device.Build(new("scale", Scale, 0), ScaleArguments);
        Device.Build(new("scale", Scale, 0), ScaleArguments);
        Assert.That(StubDriver.Calls, Is.EqualTo("link scale\nload\nload\n"));
        // Something that is whole, but no binary of this driver.
        KernelCache.Shared.Write(Device.Program.KeyOf(Scale), [1, 2, 3, 4, 5, 6, 7]);
        StubDriver.Reset();
        Device.Build(new("scale", Scale, 0), ScaleArguments);
        Assert.That(StubDriver.Calls, Is.EqualTo("load\nlink scale\nload\n"));
    });

    [Test]
    public void Build_OnAnotherDeviceOrDriver_TakesNothingFromTheCache() => StubDriver.Run(static () =>
    {
        Device.Build(new("scale", Scale, 0), ScaleArguments);
        foreach (var (driver, capability) in new[] { (12050, 90), (12040, 80), (12040, 90) })
        {
            StubDriver.Reset();
            StubDriver.Machine(driver, 1, capability);
            new CudaDevice(new(Device.Info.Device, driver), 1, KernelCache.Shared).Build(new("scale", Scale, 0), ScaleArguments);
            Assert.That(
                StubDriver.Calls, Is.EqualTo((driver, capability) == (12040, 90) ? "load\n" : "link scale\nload\n"), $"{driver}, {capability}");
        }
    });

    private static void WriteItem(ArrayView<int> view) => view[Group.IdxX] = Group.IdxX;

    private static void AssertOrder(int eagerStreams)
    {
        StubDriver.Eager(eagerStreams);
        var kernel = Device.Build(new("scale", Scale, 0), ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(4000));
        var results = new List<Storage>();
        // More uploads than there are slots, into memory that queued launches still read.
        for (var i = 0; i < 20; i++)
        {
            Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat((float)i, 1000).ToArray().AsSpan()), x, 0);
            results.Add(Device.Memory.RentScratch(4000));
            Enqueue(kernel, x, y, 3, 1000);
            Enqueue(kernel, y, results[i], 2, 1000);
        }
        var back = new float[1000];
        for (var i = 0; i < 20; i++)
        {
            Device.Download(results[i], 0, MemoryMarshal.AsBytes(back.AsSpan()));
            Assert.That(back, Is.All.EqualTo(6f * i), $"launch {i}");
        }
    }

    internal static KernelArgument Argument(ArgumentKind kind, int offset, int size) => new(kind, offset, size, IrKind.Int32, null!);

    private static void Enqueue(CudaKernel kernel, Storage x, Storage y, float factor, int count) => kernel.Enqueue(
        KernelConfig.Linear(4, 256), count,
        [.. BitConverter.GetBytes((long)x.Handle), .. BitConverter.GetBytes((long)y.Handle), .. BitConverter.GetBytes(factor)]);
}
