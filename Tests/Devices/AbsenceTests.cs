using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Devices;

/// <summary>Machines without drivers or devices, played by another process: what <c>gpukeras devices</c> says of them.</summary>
public class AbsenceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [TestCase("GPUKERAS_OPENCL", "opencl")]
    public void LibraryThatIsNotThere_IsTheReason(string variable, string kind)
    {
        var (exitCode, output) = Devices(variable, "no-such-library.so");
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain($"{kind} absent: no library 'no-such-library.so', which {variable} names").And.Contain("cpu"));
    }

    [Test]
    public void LibraryWithoutPlatforms_IsTheReason()
    {
        _ = TestDevices.OpenCl;
        using var empty = new TemporaryFolder();
        var (exitCode, output) = Devices("OCL_ICD_VENDORS", empty.FullName);
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("opencl absent: the OpenCL library finds no platform").And.Contain("cpu"));
    }

    [Test]
    public void LibraryThatIsAnother_IsTheReason()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("libc.so.6 is Linux'");
        var (exitCode, output) = Devices("GPUKERAS_OPENCL", "libc.so.6");
        Assert.That(exitCode, Is.Zero, output);
        Assert.That(output, Does.Contain("opencl absent: the OpenCL library is older than OpenCL 1.2"));
    }

    [Test]
    public void NamedDeviceThatIsAbsent_IsAnErrorWithTheReason()
    {
        using var program = Run(
            new Dictionary<string, string> { ["GPUKERAS_OPENCL"] = "no-such-library.so" }, "train", "mnist", "--device", "opencl:0");
        Assert.That(program.WaitForExit(Limit), Is.EqualTo(1), program.Output);
        Assert.That(program.Errors, Does.Contain("'opencl:0'").And.Contain("no-such-library.so"));
    }

    // The table's borders and line breaks depend on its width; words are all that counts.
    private static (int ExitCode, string Output) Devices(string variable, string value)
    {
        using var program = Run(new Dictionary<string, string> { [variable] = value, ["COLUMNS"] = "400" }, "devices");
        var exitCode = program.WaitForExit(Limit);
        var words = (program.Output + program.Errors).Split([' ', '\n', '\r', '│', '|'], StringSplitOptions.RemoveEmptyEntries);
        return (exitCode, string.Join(' ', words));
    }

    private static RunningProgram Run(Dictionary<string, string> environment, params string[] arguments) =>
        new([Path.Combine(AppContext.BaseDirectory, "GpuKeras.Cli.dll"), .. arguments], environment);
}
