using System.Runtime.InteropServices;
using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>The device's memory, queue and errors, by kernels written in OpenCL C.</summary>
[NonParallelizable]
public class OpenClDeviceTests
{
    // y[i] = x[i] · factor for i < count.
    private const string Scale = """
        __kernel void scale(__global const float* x, __global float* y, float factor, int count)
        {
            int i = get_global_id(0);
            if (i < count) y[i] = x[i] * factor;
        }
        """;

    private static readonly KernelArgument[] ScaleArguments =
    [
        Argument(ArgumentKind.Pointer, 0, 8), Argument(ArgumentKind.Pointer, 8, 8),
        Argument(ArgumentKind.Value, 16, 4), Argument(ArgumentKind.Count, 0, 4),
    ];

    private static OpenClDevice Device => (OpenClDevice)TestDevices.OpenCl;

    // Without a device the test is ignored here: in an assertion it would be an exception of the wrong type.
    [SetUp]
    public void RequireDevice() => _ = TestDevices.OpenCl;

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(3_000_000)]
    public void Upload_ThenDownload_GivesTheBytesBack(int length)
    {
        var values = Samples(length);
        var storage = Device.Memory.RentScratch(4L * length + 40);
        Device.Upload(MemoryMarshal.AsBytes(values.AsSpan()), storage, 40);
        var back = new float[length];
        Device.Download(storage, 40, MemoryMarshal.AsBytes(back.AsSpan()));
        storage.Release();
        Assert.That(back, Is.EqualTo(values));
    }

    [Test]
    public void Uploads_MoreThanStagingHolds_ArriveInOrder()
    {
        var storage = Device.Memory.RentScratch(4000);
        for (var i = 0; i < 100; i++)
            Device.Upload(MemoryMarshal.AsBytes(Enumerable.Repeat((float)i, 1000 - i).ToArray().AsSpan()), storage, 0);
        var back = new float[1000];
        Device.Download(storage, 0, MemoryMarshal.AsBytes(back.AsSpan()));
        storage.Release();
        Assert.That(back[..901], Is.All.EqualTo(99));
        Assert.That(back[901..], Is.EqualTo(Enumerable.Range(1, 99).Select(static i => 99f - i)));
    }

    [Test]
    public void Launch_WithArgumentsThatChange_UsesThoseOfEachLaunch()
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var (x, y, z) = (Rent([1, 2, 3]), Rent([0, 0, 0]), Rent([0, 0, 0]));
        Enqueue(kernel, x, y, 2, 3);
        Enqueue(kernel, y, z, 10, 2);
        Assert.That(Values(y), Is.EqualTo(new float[] { 2, 4, 6 }));
        Assert.That(Values(z), Is.EqualTo(new float[] { 20, 40, 0 }));
        Enqueue(kernel, y, z, 10, 3);
        Assert.That(Values(z), Is.EqualTo(new float[] { 20, 40, 60 }));
    }

    [Test]
    public void BrokenSource_IsAnErrorWithTheLogAndTheSource()
    {
        var source = Scale.Replace("x[i] * factor", "nonsense", StringComparison.Ordinal);
        Assert.That(
            () => Device.Build("scale", source, ScaleArguments),
            Throws.InstanceOf<KernelBuildException>().With.Message.Contains("'scale'").And.Message.Contains("CL_BUILD_PROGRAM_FAILURE")
                .And.Message.Contains("nonsense").And.Property(nameof(KernelBuildException.Code)).EqualTo(source));
    }

    [Test]
    public void RefusedLaunch_NamesTheCodeTheKernelAndTheGeometry()
    {
        var source = Scale.Replace("__kernel", "__kernel __attribute__((reqd_work_group_size(64, 1, 1)))", StringComparison.Ordinal);
        var kernel = Device.Build("scale", source, ScaleArguments);
        var x = Rent([1]);
        Assert.That(
            () => kernel.Enqueue(KernelConfig.Linear(3, 16), 1, ArgumentBytes(x, x, 1)),
            Throws.InstanceOf<DeviceCallException>().With.Message.Contains("CL_INVALID_WORK_GROUP_SIZE")
                .And.Message.Contains(KernelConfig.Linear(3, 16).ToString())
                .And.Property(nameof(DeviceCallException.Geometry)).EqualTo(KernelConfig.Linear(3, 16)));
    }

    [Test]
    public void RefusedLaunch_OfMoreItemsThanTheDriverAdvises_NamesThatLimit()
    {
        var kernel = Device.Build("scale", Scale, ScaleArguments);
        var x = Rent([1]);
        Assert.That(
            () => kernel.Enqueue(KernelConfig.Linear(3, 1 << 20), 1, ArgumentBytes(x, x, 1)),
            Throws.InstanceOf<LaunchLimitException>().With.Property(nameof(LaunchLimitException.Most)).EqualTo(kernel.AdvisedGroupSize)
                .And.Property(nameof(LaunchLimitException.Requested)).EqualTo(1 << 20).And.Message.Contains("smaller groups"));
    }

    [Test]
    public void MoreMemoryThanThereIs_IsATypedErrorAndTheDeviceWorksOn()
    {
        var held = new List<Storage>();
        Assert.That(
            () =>
            {
                for (var bytes = 1L << 30; ; bytes *= 2)
                    held.Add(Device.Memory.RentScratch(bytes));
            },
            Throws.InstanceOf<DeviceOutOfMemoryException>().With.Message.Contains("opencl:0").And.Message.Contains("requested"));
        foreach (var storage in held)
            storage.Release();
        Device.Memory.Trim();
        var (x, y) = (Rent([5]), Rent([0]));
        Enqueue(Device.Build("scale", Scale, ScaleArguments), x, y, 3, 1);
        Assert.That(Values(y)[0], Is.EqualTo(15));
    }

    private static KernelArgument Argument(ArgumentKind kind, int offset, int size) =>
        new(kind, offset, size, IrKind.Int32, null!);

    private static void Enqueue(OpenClKernel kernel, Storage x, Storage y, float factor, int count) =>
        kernel.Enqueue(KernelConfig.Linear(1, 256), count, ArgumentBytes(x, y, factor));

    private static byte[] ArgumentBytes(Storage x, Storage y, float factor) =>
        [.. BitConverter.GetBytes((long)x.Handle), .. BitConverter.GetBytes((long)y.Handle), .. BitConverter.GetBytes(factor)];

    private static Storage Rent(float[] values)
    {
        var storage = Device.Memory.RentScratch(12);
        Device.Upload(MemoryMarshal.AsBytes(values.AsSpan()), storage, 0);
        return storage;
    }

    private static float[] Values(Storage storage)
    {
        var values = new float[3];
        Device.Download(storage, 0, MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static float[] Samples(int length) => Enumerable.Range(0, length).Select(static i => i * 0.37f).ToArray();
}
