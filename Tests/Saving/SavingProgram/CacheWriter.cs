using System.Globalization;
using GpuKeras.Tests.Devices.Tuning;

namespace GpuKeras.Tests.SavingProgram;

/// <summary>Keeps one entry of a device's caches again and again.</summary>
internal static class CacheWriter
{
    private const int KernelBytes = 2_000_000;
    private const int Candidates = 10_000;

    /// <summary>Writes an entry; what it holds the n-th time is all n.</summary>
    public static int Run(string folder, int count)
    {
        var kernels = new KernelCache(folder);
        var reports = new List<string>();
        var tuning = new TuningCache(folder, reports.Add);
        for (var number = 1; number <= count && reports.Count == 0; number++)
        {
            if (Path.GetFileName(folder) == "kernels")
                kernels.Write("key", Enumerable.Repeat((byte)number, KernelBytes).ToArray());
            else
                tuning.Write("device", new FakeTunable(100), Result(number));
            Console.WriteLine($"saved {number}");
        }
        foreach (var report in reports)
            Console.WriteLine($"refused: {report}");
        return reports.Count > 0 ? 3 : 0;
    }

    // With many times, so that writing takes a while.
    private static TuningResult Result(int number) => new(
        "device", "fake", "plain", "", "one",
        Enumerable.Range(0, Candidates).ToDictionary(static i => i.ToString(CultureInfo.InvariantCulture), _ => (double?)number));
}
