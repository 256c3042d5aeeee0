using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>The groups of workloads that <c>compare</c> measures.</summary>
internal static class Suites
{
    public static readonly string[] Names = ["gemm", "elementwise", "train", "infer"];

    public static IReadOnlyList<Workload> Workloads(string suite) => suite switch
    {
        "gemm" => [.. GemmSuite.Workloads],
        "elementwise" => [.. ElementwiseSuite.Workloads],
        "train" => [.. BenchmarkModels.All.Select(static model => new TrainWorkload(model))],
        "infer" => [.. BenchmarkModels.All.Select(static model => new InferWorkload(model))],
        _ => throw new ArgumentException($"suite: must be one of {string.Join(", ", Names)}; got '{suite}'"),
    };
}
