using System.Runtime.InteropServices;

namespace GpuKeras.Perf.Machine;

/// <summary>The machine and the runtime, for people who read the results.</summary>
internal static class MachineDescription
{
    public static string Processor()
    {
        try
        {
            var line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal));
            if (line is not null)
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (IOException)
        {
            // Not Linux.
        }
        return $"{RuntimeInformation.ProcessArchitecture} processor";
    }

    public static string Runtime() => $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";
}
