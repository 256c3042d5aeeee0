using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>A strict front end takes the OpenCL C of every kernel of the cases without a warning, whatever driver runs the suite.</summary>
public sealed class OpenClFrontEndTests
{
    [Test]
    public void OpenClC_OfEveryKernel_HasNoWarnings([Values] bool cpuLike)
    {
        RequireClang();
        var profile = cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike;
        var functions = BodyCollectorBench.Collect(profile).Select(static body => KernelCompiler.Translate(body)).ToArray();
        Assert.That(functions, Has.Length.GreaterThan(400));
        // Texts can be joined.
        Assert.That(Check(string.Concat(functions.DistinctBy(static function => function.Name).Select(OpenClEmitter.Emit))), Is.Empty);
    }

    [Test]
    public void Warning_IsFound()
    {
        RequireClang();
        Assert.That(
            Check("__kernel void planted(__global int* x, __local int* y) { __global uint* z = x; y[0] = z[0] + 0.5f; }\n"),
            Does.Contain("different types").And.Contain("converting").Or.Contain("conversion"));
    }

    private static void RequireClang()
    {
        if (!Clang.IsPresent)
            Assert.Ignore("no clang on the path; GPUKERAS_CLANG names one");
    }

    private static string Check(string source)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("kernels.cl");
        File.WriteAllText(file, source);
        return Clang.Check(file);
    }
}
