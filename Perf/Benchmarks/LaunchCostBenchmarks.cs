using BenchmarkDotNet.Attributes;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Perf.Benchmarks;

/// <summary>What one launch and one operation on tensors cost on the host.</summary>
[MemoryDiagnoser]
public class LaunchCostBenchmarks : HostCostBenchmark
{
    private const int Operations = 1000;

    private Variable variable = null!;
    private Tensor x = null!;

    /// <summary>A kernel with a view and a number.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Launch()
    {
        for (var i = 0; i < Operations; i++)
            Device.Current.Run(new FillKernel<float>(1, variable.View<float>()));
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void Add()
    {
        using var scope = new TensorScope();
        for (var i = 0; i < Operations; i++)
            _ = x + variable;
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public void AddRecorded()
    {
        using var scope = new TensorScope();
        using var tape = new GradientTape();
        for (var i = 0; i < Operations; i++)
            _ = x + variable;
    }

    /// <summary>A chain of additions and its gradient: two steps of the tape for each operation.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void AddAndGradient()
    {
        using var scope = new TensorScope();
        using var tape = new GradientTape();
        Tensor sum = variable;
        for (var i = 0; i < Operations; i++)
            sum += x;
        tape.Gradient(sum, variable);
    }

    protected override void Prepare() => (variable, x) = (new Variable(Tensor.Ones([8])), Tensor.Ones([8]));
}
