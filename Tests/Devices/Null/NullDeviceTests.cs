using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices.Null;

public class NullDeviceTests
{
    [Test]
    public void Auto_NeverChoosesIt() => Assert.Multiple(() =>
    {
        Assert.That(Device.Get("auto").Name, Is.Not.EqualTo("null"));
        Assert.That(Device.Get("null").IsChosenAutomatically, Is.False);
    });

    [Test]
    public void Memory_StartsAsZerosAndKeepsUploads()
    {
        var device = Device.Get("null");
        // A size of its own, so that no other test has used the memory.
        Assert.That(device.TryAllocate(1234, out var handle));
        var (compiled, bytes) = ((CompiledDevice)device, new byte[1234]);
        compiled.Read(handle, 0, bytes);
        Assert.That(bytes, Is.All.Zero);
        compiled.Write(handle, 10, [1, 2, 3]);
        compiled.Read(handle, 9, bytes.AsSpan(0, 5));
        device.Free(handle);
        Assert.That(bytes[..5], Is.EqualTo(new byte[] { 0, 1, 2, 3, 0 }));
    }

    [Test]
    public void Kernel_ThatCannotBeCompiled_IsRefused() => Assert.That(
        static () => ((ILauncher)Device.Get("null")).Launch(1, Refused, 0),
        Throws.InstanceOf<KernelCompilationException>().With.Message.Contains(nameof(Refused)));

    [Test]
    public void Operation_LeavesItsKernelsInBothLanguages()
    {
        using var folder = new TemporaryFolder();
        new EngineCopy(new Dictionary<string, string> { ["GPUKERAS_DUMP"] = folder.FullName }).Run(static () =>
        {
            using var device = Device.Use("null");
            var sum = Tensor.From([1f, 2f, 3f], new Shape(3)) + Tensor.From([1f, 2f, 3f], new Shape(3));
            Assert.That(sum.Device.Name, Is.EqualTo("null"));
        });
        Assert.That(folder.FileNames.Select(Path.GetExtension).Distinct(), Is.EquivalentTo(new[] { ".cl", ".ptx" }));
    }

    private static void Refused(Index1D index, int argument) => throw new InvalidOperationException($"{index.X} {argument}");
}
