using GpuKeras.Compilation;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.OpenCl;

/// <summary>Building kernels, and the binaries that are kept of them.</summary>
[NonParallelizable]
public class OpenClProgramTests
{
    private const string Source = "__kernel void fill(__global int* y) { y[get_global_id(0)] = 7; }";

    private TemporaryFolder folder = null!;
    private KernelCache cache = null!;

    [SetUp]
    public void MakeCache()
    {
        folder = new TemporaryFolder();
        cache = new KernelCache(folder.FullName);
    }

    [TearDown]
    public void RemoveCache() => folder.Dispose();

    [Test]
    public void Build_KeepsABinaryThatTheNextDeviceUses()
    {
        AssertWorks(NewDevice());
        var binary = cache.Read(Key);
        Assert.That(binary, Is.Not.Null.And.Not.Empty);
        var written = File.GetLastWriteTimeUtc(cache.PathOf(Key));
        AssertWorks(NewDevice());
        Assert.That(File.GetLastWriteTimeUtc(cache.PathOf(Key)), Is.EqualTo(written), "it was built again");
    }

    [Test]
    public void Build_WithADamagedEntry_BuildsAgain()
    {
        AssertWorks(NewDevice());
        var binary = cache.Read(Key);
        File.WriteAllBytes(cache.PathOf(Key), File.ReadAllBytes(cache.PathOf(Key))[..100]);
        AssertWorks(NewDevice());
        Assert.That(cache.Read(Key), Has.Length.EqualTo(binary!.Length));
    }

    [Test]
    public void Build_WithABinaryThatTheDriverRefuses_BuildsAgain()
    {
        cache.Write(Key, "not a binary"u8);
        AssertWorks(NewDevice());
        Assert.That(cache.Read(Key), Has.Length.GreaterThan(100));
    }

    private string Key => NewDevice().Program.KeyOf(Source);

    private OpenClDevice NewDevice() => new(((OpenClDevice)TestDevices.OpenCl).Info, 9, cache);

    private static void AssertWorks(OpenClDevice device)
    {
        var kernel = device.Build("fill", Source, [new KernelArgument(ArgumentKind.Pointer, 0, 8, IrKind.Pointer, null!)]);
        Assert.That(device.TryAllocate(400, out var handle));
        kernel.Enqueue(GpuKeras.Kernels.KernelConfig.Linear(1, 100), 0, BitConverter.GetBytes((long)handle));
        var result = new byte[400];
        device.Read(handle, 0, result);
        device.Free(handle);
        Assert.That(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(result).ToArray(), Is.All.EqualTo(7));
    }
}
