using NUnit.Framework;

namespace GpuKeras.Tests.Support;

/// <summary>The devices that tests need, and what happens where one is absent.</summary>
public static class TestDevices
{
    /// <summary>
    /// The first OpenCL device. Without one the test is ignored with the reason, or fails where <c>GPUKERAS_REQUIRE_OPENCL</c> is 1.
    /// </summary>
    public static Device OpenCl => Find("opencl", Environment.GetEnvironmentVariable("GPUKERAS_REQUIRE_OPENCL") == "1");

    /// <summary>The first CUDA device. Without one the test is ignored with the reason.</summary>
    public static Device Cuda => Find("cuda", required: false);

    private static Device Find(string kind, bool required)
    {
        if (Device.Absent().FirstOrDefault(absent => absent.Kind == kind) is not { } absence)
            return Device.Get(kind);
        if (required)
            Assert.Fail($"{kind} is absent: {absence.Reason}");
        Assert.Ignore($"{kind} is absent: {absence.Reason}");
        throw new InvalidOperationException();
    }
}
