using GpuKeras.Compilation;
using GpuKeras.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>A strict front end takes the OpenCL C of every kernel of the cases without a warning, whatever driver runs the suite.</summary>
public sealed class OpenClFrontEndTests
{
    [Test]
    public void OpenClC_OfEveryKernel_HasNoWarnings([Values] bool cpuLike, [Values("CL1.2", "CL3.0")] string standard)
    {
        RequireClang();
        var profile = cpuLike ? SimulatedLauncher.CpuLike : SimulatedLauncher.GpuLike;
        var functions = BodyCollectorBench.Collect(profile).Select(static body => KernelCompiler.Translate(body)).ToArray();
        Assert.That(functions, Has.Length.GreaterThan(400));
        // Texts can be joined.
        Assert.That(Check(string.Concat(functions.DistinctBy(static function => function.Name).Select(OpenClEmitter.Emit)), standard), Is.Empty);
    }

    [Test]
    public void Warning_IsFound([Values("CL1.2", "CL3.0")] string standard)
    {
        RequireClang();
        Assert.That(
            Check("__kernel void planted(__global int* x, __local int* y) { __global uint* z = x; y[0] = z[0] + 0.5f; }\n", standard),
            Does.Contain("different types").And.Contain("converting").Or.Contain("conversion"));
    }

    // What most devices of version 3.0 have and some lack.
    [TestCase("__global int counter; __kernel void planted() { counter = 1; }", "program scope")]
    [TestCase("__kernel void planted(__global int* x) { __generic int* y = x; y[0] = 1; }", "generic")]
    [TestCase("__kernel void planted(__global int* x) { x[0] = work_group_reduce_add(x[0]); }", "work_group_reduce_add")]
    public void FeatureThatVersion30MakesOptional_IsFound(string source, string error)
    {
        RequireClang();
        Assert.That(Check(source + "\n", "CL3.0"), Does.Contain(error));
    }

    private static void RequireClang()
    {
        if (!Clang.IsPresent)
            Assert.Ignore("no clang on the path; GPUKERAS_CLANG names one");
    }

    private static string Check(string source, string standard)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("kernels.cl");
        File.WriteAllText(file, source);
        return Clang.Check(file, standard);
    }
}
