using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Kernels that do not choose by the device's limits make do with those of the least GPU that the engine takes.</summary>
public sealed class LeastGpuTests
{
    [Test]
    public void Kernels_MakeDoWithItsSharedMemory()
    {
        var least = OpenClInfo.LeastGpu.SharedMemoryBytes;
        var sizes = BodyCollectorBench.Collect(SimulatedLauncher.GpuLike)
            .Select(static body => (Body: Failure.Name(body), BodyFacts.Of(body).SharedBytes)).ToArray();
        Assert.That(sizes.Max(static kernel => kernel.SharedBytes), Is.GreaterThan(least / 2));
        Assert.That(sizes.Where(kernel => kernel.SharedBytes > least), Is.Empty);
    }

    [Test]
    public void Groups_HaveAsManyItems() =>
        Assert.That(BodyCollectorBench.Run(SimulatedLauncher.GpuLike).LargestGroup, Is.EqualTo(OpenClInfo.LeastGpu.MaxGroupSize));

    // Processors are taken whatever their limits are: some have no local memory, and groups of one item where there are barriers.
    [Test]
    public void VariantsForProcessors_HaveGroupsOfOneItem()
    {
        var collector = BodyCollectorBench.Run(SimulatedLauncher.CpuLike);
        Assert.That(collector.LargestGroup, Is.EqualTo(1));
        Assert.That(collector.Bodies.Where(static body => BodyFacts.Of(body).SharedBytes > 0).Select(Failure.Name), Is.Empty);
    }
}
