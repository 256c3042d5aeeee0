using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Kernels that do not choose by the device's shared memory make do with the least that a device can have.</summary>
public sealed class SharedMemoryTests
{
    // Of OpenCL 1.2's full profile.
    private const int LeastOfADevice = 32 << 10;

    [Test]
    public void Kernels_MakeDoWithTheLeastSharedMemory()
    {
        var sizes = BodyCollectorBench.Collect(SimulatedLauncher.GpuLike)
            .Select(static body => (Body: Failure.Name(body), BodyFacts.Of(body).SharedBytes)).ToArray();
        Assert.That(sizes.Max(static kernel => kernel.SharedBytes), Is.GreaterThan(LeastOfADevice / 2));
        Assert.That(sizes.Where(static kernel => kernel.SharedBytes > LeastOfADevice), Is.Empty);
    }
}
