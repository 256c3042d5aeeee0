using BenchmarkDotNet.Attributes;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>What the benchmarks share: the device they run on, and results that are checked before anything is measured.</summary>
public abstract class KernelBenchmark : DeviceBenchmark
{
    /// <summary>The devices of this machine.</summary>
    public static IEnumerable<string> Devices => Device.List().Select(static device => device.Name);

    [ParamsSource(nameof(Devices))]
    public override string On { get; set; } = "cpu";

    /// <summary>What a call of one of the benchmark methods has to do.</summary>
    internal abstract Work WorkOf(string method);

    /// <summary>Computes in a scope of its own, as a training step does, and waits for the device.</summary>
    protected static void Run(Func<Tensor> compute)
    {
        using var scope = new TensorScope();
        compute();
        Device.Current.Synchronize();
    }

    /// <summary>Computes once and copies the result.</summary>
    protected static float[] Result(Func<Tensor> compute)
    {
        using var scope = new TensorScope();
        return compute().ToArray<float>();
    }
}
