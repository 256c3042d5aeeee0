using GpuKeras.Compilation;
using GpuKeras.Kernels;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>No launch of any kernel case has more arguments than the device takes.</summary>
public sealed class ArgumentBytesTests
{
    // What OpenCL guarantees, and half of it, for which joined updates have to be split.
    [TestCase(1024), TestCase(512)]
    public void Bodies_ForALimit_KeepToIt(int maxArgumentBytes)
    {
        var bodies = BodyCollectorBench.Collect(SimulatedLauncher.GpuLike with { MaxArgumentBytes = maxArgumentBytes });
        Assert.That(bodies, Has.Count.GreaterThan(400));
        foreach (var body in bodies)
            Assert.That(BodyFacts.Of(body).ArgumentBytes, Is.LessThanOrEqualTo(maxArgumentBytes), Failure.Name(body));
    }
}
