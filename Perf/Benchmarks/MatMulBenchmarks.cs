using BenchmarkDotNet.Attributes;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Benchmarks;

public class MatMulBenchmarks : KernelBenchmark
{
    private Tensor a = null!;
    private Tensor b = null!;

    /// <summary>The shapes that <c>compare</c> measures.</summary>
    public static IEnumerable<string> Shapes => GemmSuite.All.Select(static problem => problem.Name);

    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "sq512";

    private GemmProblem Problem => GemmSuite.All.Single(problem => problem.Name == Shape);

    [Benchmark]
    public void MatMul() => Run(Product);

    internal override Work WorkOf(string method) => new(Problem.Flops, 4.0 * Problem.Batch
        * ((double)Problem.Rows * Problem.Inner + (double)Problem.Inner * Problem.Columns + (double)Problem.Rows * Problem.Columns));

    protected override void Prepare()
    {
        var (_, m, n, k, transposeA, transposeB, batch) = Problem;
        a = transposeA ? TestValues.Create(batch, k, m) : TestValues.Create(batch, m, k);
        b = transposeB ? TestValues.CreatePositive(batch, n, k) : TestValues.CreatePositive(batch, k, n);
        var (left, right) = (a.ToArray<float>(), b.ToArray<float>());
        Reference.Check("matmul", Result(Product), Element, k);

        double Element(int index)
        {
            var (matrix, row, column) = (index / (m * n), index / n % m, index % n);
            return Reference.Sum(k, i =>
                (double)left[matrix * m * k + (transposeA ? i * m + row : row * k + i)]
                * right[matrix * k * n + (transposeB ? column * k + i : i * n + column)]);
        }
    }

    private Tensor Product() => a.MatMul(b, Problem.TransposeA, Problem.TransposeB);
}
