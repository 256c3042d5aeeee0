using System.Runtime.CompilerServices;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>Launches that ask for more than the device gives: refused with the limit and a remedy, before the driver is asked.</summary>
[NonParallelizable]
public sealed class LaunchLimitTests
{
    private static CompiledDevice Device => (CompiledDevice)TestDevices.OpenCl;

    [Test]
    public void Group_OfMoreItemsThanTheDeviceTakes_IsRefused()
    {
        var most = Device.Profile.MaxGroupSize;
        AssertRefused(() => Device.Launch(KernelConfig.Linear(3, most + 1), Empty, 0), most, most + 1, "DeviceProfile.MaxGroupSize");
    }

    [Test]
    public void GroupWithShuffles_OfMoreItemsThanTheirArrayHolds_IsRefused()
    {
        Assume.That(Device.Profile.MaxGroupSize, Is.GreaterThan(1024));
        AssertRefused(() => Device.Launch(KernelConfig.Linear(1, 1056), Shuffle, Numbers()), 1024, 1056, "Warp");
    }

    [Test]
    public void Arguments_LongerThanTheDeviceTakes_AreRefused()
    {
        var most = Device.Profile.MaxArgumentBytes;
        Assume.That(most, Is.LessThan(Unsafe.SizeOf<Table>()));
        AssertRefused(
            () => Device.Launch(1, Read, (Numbers(), default(Table))), most, Unsafe.SizeOf<Table>() + 8 + 8 + 4, "through a view");
    }

    [Test]
    public void SharedMemory_MoreThanTheDeviceHas_IsRefused()
    {
        var most = Device.Profile.SharedMemoryBytes;
        Assume.That(most, Is.LessThan(4 << 26));
        AssertRefused(() => Device.Launch(KernelConfig.Linear(1, 32), Share, Numbers()), most, 4 << 26, "smaller tiles");
    }

    // 2³² bytes, which 32 bits count as none.
    [Test]
    public void SharedMemory_OfMoreBytesThanAnIntCounts_IsRefused() =>
        AssertRefused(() => Device.Launch(KernelConfig.Linear(1, 32), ShareDoubles, Numbers()), Device.Profile.SharedMemoryBytes, 1L << 32, "smaller tiles");

    private static void AssertRefused(Action launch, long most, long requested, string remedy)
    {
        var exception = Assert.Throws<LaunchLimitException>(launch)!;
        Assert.That((exception.Most, exception.Requested), Is.EqualTo((most, requested)));
        Assert.That(exception.Message, Does.Contain("opencl:").And.Contain(remedy));
    }

    // Nothing is launched, so nothing is read.
    private static ArrayView<int> Numbers() => new(0, 0, 2048);

    private static void Empty(int nothing)
    {
    }

    private static void Shuffle(ArrayView<int> numbers) => numbers[Group.IdxX] = Warp.ShuffleXor(numbers[Group.IdxX], 1);

    private static void Read(Index1D i, (ArrayView<int> Numbers, Table Table) arguments) =>
        arguments.Numbers[i] = arguments.Table[arguments.Numbers[i] & 1023];

    private static void Share(ArrayView<int> numbers)
    {
        var cells = SharedMemory.Allocate<int>(1 << 26);
        cells[Group.IdxX] = numbers[Group.IdxX];
        Group.Barrier();
        numbers[Group.IdxX] = cells[Group.IdxX ^ 1];
    }

    private static void ShareDoubles(ArrayView<int> numbers)
    {
        var cells = SharedMemory.Allocate<double>(1 << 29);
        cells[Group.IdxX] = numbers[Group.IdxX];
        Group.Barrier();
        numbers[Group.IdxX] = (int)cells[Group.IdxX ^ 1];
    }

    [InlineArray(1024)]
    private struct Table
    {
        private int first;
    }
}
