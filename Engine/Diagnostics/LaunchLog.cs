using System.Text;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What <c>GPUKERAS_DEBUG</c> says about launches, a line for each on standard error.</summary>
internal static class LaunchLog
{
    /// <summary>Reports a launch that is done.</summary>
    /// <param name="device">Where it ran.</param>
    /// <param name="name">What ran.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="memoryBytes">How much memory it read and wrote; 0 if that is not known.</param>
    /// <param name="config">Its geometry, if it has one.</param>
    public static void Write(Device device, string name, TimeSpan elapsed, long memoryBytes = 0, KernelConfig? config = null)
    {
        var line = new StringBuilder(FormattableString.Invariant($"{device.Name} {name} {elapsed.TotalMilliseconds:F3} ms"));
        if (memoryBytes > 0)
            line.Append(System.Globalization.CultureInfo.InvariantCulture, $", {memoryBytes / elapsed.TotalSeconds / 1e9:F1} GB/s");
        if (EngineOptions.Debug >= 3 && config is { } geometry)
            line.Append(System.Globalization.CultureInfo.InvariantCulture, $", {geometry}");
        Console.Error.WriteLine(line);
    }
}
