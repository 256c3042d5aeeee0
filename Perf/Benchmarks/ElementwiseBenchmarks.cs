using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class ElementwiseBenchmarks : KernelBenchmark
{
    private Tensor x = null!;
    private Tensor y = null!;

    [Params(1 << 12, 1 << 20)]
    public int Size { get; set; }

    [Benchmark]
    public void Add() => Run(() => x + y);

    [Benchmark]
    public void Multiply() => Run(() => x * y);

    [Benchmark]
    public void Relu() => Run(() => x.Relu());

    [Benchmark]
    public void Exp() => Run(() => x.Exp());

    [Benchmark]
    public void Log() => Run(() => y.Log());

    [Benchmark]
    public void Tanh() => Run(() => x.Tanh());

    [Benchmark]
    public void Sigmoid() => Run(() => x.Sigmoid());

    [Benchmark]
    public void Gelu() => Run(() => x.Gelu(approximate: true));

    internal override Work WorkOf(string method) => new(0, (method is nameof(Add) or nameof(Multiply) ? 12.0 : 8.0) * Size);

    protected override void Prepare()
    {
        (x, y) = (TestValues.Create(Size), TestValues.CreatePositive(Size));
        var (u, v) = (x.ToArray<float>(), y.ToArray<float>());
        Reference.Check("add", Result(() => x + y), i => (double)u[i] + v[i]);
        Reference.Check("multiply", Result(() => x * y), i => (double)u[i] * v[i]);
        Reference.Check("relu", Result(() => x.Relu()), i => Math.Max(0, u[i]));
        Reference.Check("exp", Result(() => x.Exp()), i => Math.Exp(u[i]));
        Reference.Check("log", Result(() => y.Log()), i => Math.Log(v[i]));
        Reference.Check("tanh", Result(() => x.Tanh()), i => Math.Tanh(u[i]));
        Reference.Check("sigmoid", Result(() => x.Sigmoid()), i => 1 / (1 + Math.Exp(-u[i])));
        Reference.Check("gelu", Result(() => x.Gelu(approximate: true)), i => GeluTanh(u[i]));
    }

    private static double GeluTanh(double x) => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
