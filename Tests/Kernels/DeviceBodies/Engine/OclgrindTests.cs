using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Engine;

/// <summary>Every kernel case under Oclgrind, an OpenCL device that reports wrong accesses, races and divergent barriers.</summary>
public class OclgrindTests
{
    private const string Driver = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private (string Output, string Log)? planted;

    [TestCase("Gpu")]
    [TestCase("Processor")]
    public void KernelCases_AreClean(string variant)
    {
        var (output, log) = Run($"{nameof(OclgrindCases)}.{variant}");
        Assert.That(output, Does.Contain("Passed!"), output);
        Assert.That(log, Is.Empty);
    }

    [TestCase("race", "race")]
    [TestCase("global_overrun", "Invalid write of size 4 at global memory")]
    [TestCase("global_read", "Invalid read of size 4 at global memory")]
    [TestCase("shared_overrun", "Invalid write of size 4 at local memory")]
    [TestCase("divergence", "divergence")]
    public void PlantedFault_IsReported(string kernel, string expected)
    {
        var (output, log) = planted ??= Run($"{nameof(OclgrindCases)}.{nameof(OclgrindCases.Planted)}");
        Assert.That(log, Does.Match($@"(?i){expected}.*\n\s*Kernel: +{kernel}\b"), output);
    }

    private static (string Output, string Log) Run(string filter)
    {
        RequireOclgrind();
        using var folder = new TemporaryFolder();
        var log = folder.File("oclgrind.log");
        using var tests = new RunningProgram(
            ["test", typeof(OclgrindCases).Assembly.Location, "--filter", $"FullyQualifiedName~{filter}", "--", "NUnit.ExplicitMode=Relaxed",
                "NUnit.AssemblySelectLimit=100000"],
            new Dictionary<string, string>
            {
                ["OCL_ICD_VENDORS"] = Driver,
                ["OCLGRIND_BUILD_OPTIONS"] = "-cl-opt-disable",
                ["OCLGRIND_DATA_RACES"] = "1",
                ["OCLGRIND_LOG"] = log,
                ["GPUKERAS_CACHE"] = folder.FullName,
                ["GPUKERAS_DEVICE"] = "opencl:0",
                ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            });
        tests.WaitForExit(Limit);
        return (tests.Output + tests.Errors, File.Exists(log) ? File.ReadAllText(log) : "");
    }

    private static void RequireOclgrind()
    {
        if (File.Exists(Driver))
            return;
        if (Environment.GetEnvironmentVariable("GPUKERAS_REQUIRE_OPENCL") == "1")
            Assert.Fail($"Oclgrind is absent: no {Driver}");
        Assert.Ignore($"Oclgrind is absent: no {Driver}");
    }
}
