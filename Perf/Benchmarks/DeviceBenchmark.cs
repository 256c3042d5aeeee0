using BenchmarkDotNet.Attributes;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>A benchmark on a device.</summary>
public abstract class DeviceBenchmark
{
    private IDisposable? selection;

    /// <summary>The device's name.</summary>
    public abstract string On { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        selection = Device.Use(On);
        Prepare();
    }

    [GlobalCleanup]
    public void Cleanup() => selection?.Dispose();

    /// <summary>Makes the operands, and checks every method that has a result against a plain loop in double precision.</summary>
    protected abstract void Prepare();
}
