using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>What the device makes, keeps and releases, and the order of its work, over the stub library.</summary>
[NonParallelizable]
public class OpenClStubTests
{
    // What the stub library's kernel is called like.
    private const string Scale = "__kernel void scale(__global const float* x, __global float* y, float factor, int count)";

    private static readonly KernelArgument[] ScaleArguments =
    [
        Argument(ArgumentKind.Pointer, 0, 8), Argument(ArgumentKind.Pointer, 8, 8),
        Argument(ArgumentKind.Value, 16, 4), Argument(ArgumentKind.Count, 0, 4),
    ];

    private static OpenClDevice Device => (OpenClDevice)GpuKeras.Device.Get("opencl:0");

    [Test]
    public void UploadsAndLaunches_LazyQueue_RunInOrder() => StubOpenCl.Run(static () => AssertOrder(isEager: false));

    [Test]
    public void UploadsAndLaunches_EagerQueue_RunInOrder() => StubOpenCl.Run(static () => AssertOrder(isEager: true));

    [Test]
    public void Uploads_ReleaseTheirEventsAndKeepASlotsWorthOfBuffers() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(1 << 20);
        // Of growing lengths, so that slots grow as well.
        for (var i = 1; i <= 200; i++)
            Device.Upload(new byte[i * 1000], storage, 0);
        Device.Synchronize();
        // Eight slots, each with memory and an event, and the storage.
        Assert.That(StubOpenCl.Live, Is.EqualTo("contexts 1 queues 1 buffers 9 events 8"));
    });

    [Test]
    public void DeviceThatManyThreadsStart_HasOneQueue() => StubOpenCl.Run(static () =>
    {
        var device = Device;
        using var start = new Barrier(4);
        Task.WaitAll([.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                _ = device.Program;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
        Assert.That(StubOpenCl.Live, Is.EqualTo("contexts 1 queues 1"));
    });

    [Test]
    public void Copies_LongerThanASlot_GiveTheBytesBack() => StubOpenCl.Run(static () =>
    {
        foreach (var bytes in (int[])[1, (4 << 20) - 1, 4 << 20, (4 << 20) + 1])
        {
            var values = new byte[bytes];
            new Random(bytes).NextBytes(values);
            var storage = Device.Memory.RentScratch(bytes + 3);
            Device.Upload(values, storage, 3);
            var last = values[^1];
            // The source is the caller's again.
            Array.Clear(values);
            var back = new byte[bytes];
            Device.Download(storage, 3, back);
            Assert.That(back[^1], Is.EqualTo(last), $"{bytes} bytes");
            storage.Release();
        }
    });

    // The driver refuses copies of no bytes.
    [Test]
    public void CopiesOfNothing_AreNotAskedFor() => StubOpenCl.Run(static () =>
    {
        var storage = Device.Memory.RentScratch(100);
        Assert.That(() => Device.Upload([], storage, 0), Throws.Nothing);
        Assert.That(() => Device.Download(storage, 0, []), Throws.Nothing);
    });

    [Test]
    public void CellOfFaults_GetsRoomFromThePool() => StubOpenCl.Run(static () =>
    {
        Device.Memory.RentScratch(1 << 20).Release();
        StubOpenCl.Limit(1 << 20);
        Assert.That(static () => Device.Fault(static (_, _) => new IndexOutOfRangeException()), Throws.Nothing);
        Assert.That(Device.Memory.PooledBytes, Is.Zero);
    });

    [Test]
    public void Trim_WhileWorkIsQueued_LeavesItItsMemory() => StubOpenCl.Run(static () =>
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(8000));
        Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat(2f, 1000).ToArray().AsSpan()), x, 0);
        Enqueue(kernel, x, y, 3);
        x.Release();
        Device.Memory.Trim();
        Assert.That(Values(y), Is.All.EqualTo(6f));
    });

    // The driver frees a buffer when nothing queued uses it any more.
    [Test]
    public void RoomForAnUpload_IsMadeOfMemoryThatQueuedWorkStillUses() => StubOpenCl.Run(static () =>
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(1 << 20), Device.Memory.RentScratch(1 << 20));
        Fill(y, 2);
        Enqueue(kernel, y, x, 3);
        x.Release();
        StubOpenCl.Limit((2 << 20) + (1 << 16));
        Device.Upload(new byte[1 << 19], y, 0);
        Assert.That(Device.Memory.PooledBytes, Is.Zero);
        Assert.That(Values(y), Is.All.Zero);
    });

    [Test]
    public void Launch_WithABufferThatHasTheNameOfAFreedOne_TakesTheNewOne() => StubOpenCl.Run(static () =>
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(4000));
        Fill(x, 2);
        Enqueue(kernel, x, y, 3);
        Device.Synchronize();
        x.Release();
        Device.Memory.Trim();
        var other = Device.Memory.RentScratch(4000);
        Assert.That(other.Handle, Is.EqualTo(x.Handle), "the library gives a name again");
        Fill(other, 5);
        Enqueue(kernel, other, y, 3);
        Assert.That(Values(y), Is.All.EqualTo(15f));
    });

    // The first argument of the launch that failed is set by then.
    [Test]
    public void Launch_AfterOneWhoseArgumentsWereRefused_HasItsOwn() => StubOpenCl.Run(static () =>
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, other, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(4000), Device.Memory.RentScratch(4000));
        Fill(x, 2);
        Fill(other, 5);
        Enqueue(kernel, x, y, 3);
        StubOpenCl.Fail("clSetKernelArg", -51, after: 1, times: 1);
        Assert.That(
            () => Enqueue(kernel, other, x, 3), Throws.InstanceOf<DeviceCallException>().With.Message.Contains("clSetKernelArg(1)"));
        Enqueue(kernel, x, y, 3);
        Assert.That(Values(y), Is.All.EqualTo(6f));
    });

    [Test]
    public void AllocationsAndTheirEnd_LeaveNothing() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Limit(64 << 20);
        var held = new List<Storage>();
        Assert.That(
            () =>
            {
                while (true)
                    held.Add(Device.Memory.RentScratch(10 << 20));
            },
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("opencl:0").And.Message.Contains("requested 10,485,760"));
        Assert.That(held, Has.Count.EqualTo(6));
        // Where the driver finds out only when it asks the device for the memory.
        StubOpenCl.Fail("clEnqueueMigrateMemObjects", -4);
        Assert.That(static () => Device.Memory.RentScratch(100), Throws.InstanceOf<DeviceOutOfMemoryException>());
        StubOpenCl.Reset();
        foreach (var storage in held)
            storage.Release();
        Device.Memory.Trim();
        Assert.That(StubOpenCl.Live, Is.EqualTo("contexts 1 queues 1"));
    });

    [Test]
    public void MemoryThatNobodyHolds_IsCollectedWhenThereIsNoOther() => StubOpenCl.Run(static () =>
    {
        StubOpenCl.Limit(64 << 20);
        for (var i = 0; i < 20; i++)
            RentAndForget();
        Assert.That(Device.Memory.LiveTensors, Is.LessThanOrEqualTo(6));
    });

    [Test]
    public void Builds_ReleaseTheirPrograms() => StubOpenCl.Run(static () =>
    {
        Device.Build("scale", Scale, ScaleArguments);
        Device.Build("scale", Scale, ScaleArguments);
        Assert.That(StubOpenCl.Calls, Is.EqualTo("source\nbinary\n"));
        Assert.That(
            static () => Device.Build("scale", Scale + " nonsense", ScaleArguments),
            Throws.InstanceOf<KernelBuildException>().With.Message.Contains("line 7: nonsense"));
        StubOpenCl.Fail("clCreateKernel", -6);
        Assert.That(static () => Device.Build("scale", Scale, ScaleArguments), Throws.InstanceOf<DeviceOutOfMemoryException>());
        Assert.That(StubOpenCl.Live, Is.EqualTo("contexts 1 queues 1 kernels 2"));
    });

    [Test]
    public void Build_OnADriverOfAnotherVersion_TakesNothingFromTheCache() => StubOpenCl.Run(static () =>
    {
        Device.Build("scale", Scale, ScaleArguments);
        foreach (var (platform, driver) in new[] { ("OpenCL 1.2 stub", "8"), ("OpenCL 3.0 stub", "7"), ("OpenCL 1.2 stub", "7") })
        {
            StubOpenCl.Reset();
            StubOpenCl.Versions(platform, driver);
            new OpenClDevice(Device.Info, 1, KernelCache.Shared).Build("scale", Scale, ScaleArguments);
            Assert.That(
                StubOpenCl.Calls, Is.EqualTo((platform, driver) == ("OpenCL 1.2 stub", "7") ? "binary\n" : "source\n"), $"{platform}, {driver}");
        }
        // It divides exactly, and so has another option for its compiler.
        StubOpenCl.Reset();
        StubOpenCl.Info(0x101B, 1 << 7);
        new OpenClDevice(Device.Info, 1, KernelCache.Shared).Build("scale", Scale, ScaleArguments);
        Assert.That(StubOpenCl.Calls, Is.EqualTo("source\n"));
    });

    internal static KernelArgument Argument(ArgumentKind kind, int offset, int size) => new(kind, offset, size, IrKind.Int32, null!);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RentAndForget() => Device.Memory.RentScratch(10 << 20);

    private static void AssertOrder(bool isEager)
    {
        StubOpenCl.Eager(isEager);
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, y) = (Device.Memory.RentScratch(4000), Device.Memory.RentScratch(4000));
        var results = new List<Storage>();
        // More uploads than there are slots, into memory that queued launches still read.
        for (var i = 0; i < 20; i++)
        {
            Fill(x, i);
            results.Add(Device.Memory.RentScratch(4000));
            Enqueue(kernel, x, y, 3);
            Enqueue(kernel, y, results[i], 2);
        }
        for (var i = 0; i < 20; i++)
            Assert.That(Values(results[i]), Is.All.EqualTo(6f * i), $"launch {i}");
    }

    private static void Fill(Storage storage, float value) =>
        Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat(value, 1000).ToArray().AsSpan()), storage, 0);

    private static float[] Values(Storage storage)
    {
        var values = new float[1000];
        Device.Download(storage, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static void Enqueue(OpenClKernel kernel, Storage x, Storage y, float factor) => kernel.Enqueue(
        KernelConfig.Linear(16, 64), 1000,
        [.. BitConverter.GetBytes((long)x.Handle), .. BitConverter.GetBytes((long)y.Handle), .. BitConverter.GetBytes(factor)]);
}
