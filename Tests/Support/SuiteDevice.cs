using NUnit.Framework;

namespace GpuKeras.Tests;

/// <summary>The device of a whole run, which <c>GPUKERAS_DEVICE</c> names.</summary>
/// <remarks>An absent GPU ignores all tests with the reason; any other device that is named must be there.</remarks>
[SetUpFixture]
public class SuiteDevice
{
    [OneTimeSetUp]
    public void FindDevice()
    {
        var kind = EngineOptions.Device.Split(':')[0];
        if (kind == "cuda" && Device.Absent().FirstOrDefault(absent => absent.Kind == kind) is { } absence)
            Assert.Ignore($"{kind} is absent: {absence.Reason}");
        Assert.That(() => Device.Current, Throws.Nothing);
    }
}
