using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices;

/// <summary>What is launched where a kernel's groups have few items, and refused where there is no float64.</summary>
public sealed class FewItemsTests
{
    // 96 is no power of two: 2³¹ − 1 items in groups of 96 would end beyond what an Int32 counts.
    [TestCase(4096, 256)]
    [TestCase(256, 256)]
    [TestCase(96, 64)]
    [TestCase(1, 1)]
    public void Launch_OfACount_HasGroupsThatTheKernelTakes(int advised, int items)
    {
        var device = new FewItemsDevice(advised);
        device.Launch(1000, Item, 1);
        device.Launch(int.MaxValue, Item, 1);
        Assert.That(device.Launches, Is.EqualTo(new[]
        {
            (KernelConfig.Linear((1000 + items - 1) / items, items), 1000),
            (KernelConfig.Linear((int)((int.MaxValue + (long)items - 1) / items), items), int.MaxValue),
        }));
    }

    [Test]
    public void Launch_OfNothing_IsNotQueued()
    {
        var device = new FewItemsDevice(64);
        device.Launch(0, Item, 1);
        device.Launch(KernelConfig.Linear(0, 32), GroupItem, 1);
        Assert.That(device.Launches, Is.Empty);
    }

    [Test]
    public void Launch_OfMoreIndicesThanAnIntCounts_IsRefused() =>
        Assert.That(static () => new FewItemsDevice(64).Launch(1L << 32, Item, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Kernel_HandsItsScratchMemoryBack()
    {
        var device = new FewItemsDevice(64);
        device.Run(default(ScratchKernel));
        Assert.That(device.Launches, Has.Count.EqualTo(1));
        Assert.That((device.Memory.LiveBytes, device.Memory.PooledBytes), Is.EqualTo((0, 4096)));
    }

    [Test]
    public void FaultsThatMayBeReported_AreLookedForOnceAndBeforeTheirListGrowsLong()
    {
        var device = new FewItemsDevice(64);
        device.Synchronize();
        Assert.That(device.Reads, Is.Zero);
        device.Fault(static (_, _) => new IndexOutOfRangeException());
        device.Synchronize();
        device.Synchronize();
        Assert.That(device.Reads, Is.EqualTo(1));
        for (var i = 0; i < 10_000; i++)
            device.Fault(static (_, _) => new IndexOutOfRangeException());
        Assert.That(device.Reads, Is.EqualTo(1 + 10_000 / 4096));
    }

    [Test]
    public void Launch_OfGroups_IsForTheDriverToRefuse()
    {
        var device = new FewItemsDevice(64);
        device.Launch(KernelConfig.Linear(3, 128), GroupItem, 1);
        Assert.That(device.Launches, Is.EqualTo(new[] { (KernelConfig.Linear(3, 128), 0) }));
    }

    [Test]
    public void KernelOfFloat64_OnADeviceWithout_IsRefusedByName() => Assert.That(
        static () => new FewItemsDevice(64).Launch(1, Square, (new ArrayView<double>(0, 0, 1), 2.0)),
        Throws.InstanceOf<DeviceException>().With.Message.Contains(nameof(Square)).And.Message.Contains("float64")
            .And.Message.Contains("use float32"));

    // The launch rounds it, so that the kernel itself has no float64.
    [Test]
    public void KernelOfARoundedArgument_OnADeviceWithoutFloat64_Runs()
    {
        var device = new FewItemsDevice(64);
        device.Launch(1, Scale, (new ArrayView<float>(0, 0, 1), 2.0));
        Assert.That(device.Launches, Has.Count.EqualTo(1));
    }

    [TestCase("uploads")]
    [TestCase("downloads")]
    [TestCase("waits")]
    public void CallsOfManyThreads_ReachTheDriverOneByOne(string what)
    {
        var device = new FewItemsDevice(64);
        var storage = device.Memory.RentScratch(64);
        OnThreads(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                if (what == "uploads")
                    device.Upload(new byte[8], storage, 0);
                else if (what == "downloads")
                    device.Download(storage, 0, new byte[8]);
                else
                    device.Synchronize();
            }
        });
        Assert.That(device.HasOverlapped, Is.False);
    }

    [Test]
    public void MemoryOfManyThreads_IsEachOnesUntilItIsHandedBack()
    {
        const int bytes = 128;
        var shared = 0;
        var device = new FewItemsDevice(64);
        OnThreads(() =>
        {
            for (var i = 0; i < 300_000; i++)
            {
                var storage = device.Memory.RentScratch(bytes);
                storage.Version = Environment.CurrentManagedThreadId;
                Thread.SpinWait(1);
                if (storage.Version != Environment.CurrentManagedThreadId)
                    Interlocked.Increment(ref shared);
                storage.Release();
                if (i % 1000 == 0)
                    device.Memory.Trim();
            }
        });
        Assert.That(shared, Is.Zero);
        Assert.That((device.Memory.LiveBytes, device.Memory.LiveTensors), Is.EqualTo((0, 0)));
        Assert.That(device.Memory.PooledBytes, Is.EqualTo(bytes * device.Blocks));
    }

    private static void OnThreads(Action action)
    {
        using var start = new Barrier(4);
        Task.WaitAll([.. Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))]);
    }

    // Rounded up as elsewhere it would be 10,240.
    [Test]
    public void TensorOfAsMuchAsTheDriverGives_IsGiven()
    {
        var storage = new FewItemsDevice(64).Memory.RentScratch(10_000);
        Assert.That(storage.CapacityBytes, Is.EqualTo(10_000));
        storage.Release();
    }

    [Test]
    public void TensorOfMoreThanTheDriverGives_IsRefusedWithTheLimit() => Assert.That(
        static () => new FewItemsDevice(64).Memory.RentScratch(10_001),
        Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("few: out of memory").And.Message.Contains("at most 10,000 at once"));

    private static void Item(Index1D index, int argument)
    {
    }

    private static void GroupItem(int argument)
    {
    }

    private static void Square(Index1D i, (ArrayView<double> X, double Factor) arguments) =>
        arguments.X[i] *= arguments.X[i] * arguments.Factor;

    private static void Scale(Index1D i, (ArrayView<float> X, double Factor) arguments) => arguments.X[i] *= (float)arguments.Factor;

    private readonly struct ScratchKernel : IKernel
    {
        public static string Name => "scratch";

        public void RunHost()
        {
        }

        public void RunDevice(ILauncher launcher) => launcher.Launch(1, Element, launcher.Scratch<int>(1024));

        private static void Element(Index1D index, ArrayView<int> memory)
        {
        }
    }
}
