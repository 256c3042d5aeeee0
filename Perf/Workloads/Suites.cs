using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>The groups of workloads that <c>compare</c> measures.</summary>
internal static class Suites
{
    /// <summary>Those beside other libraries, which are measured unless some are named.</summary>
    public static readonly string[] BesideOthers = ["gemm", "elementwise", "train", "infer"];

    /// <summary>All: also the kernels beside themselves, as ILGPU compiles them.</summary>
    public static readonly string[] Names = [.. BesideOthers, "runtimes"];

    public static IReadOnlyList<Workload> Workloads(string suite) => suite switch
    {
        "gemm" => [.. GemmSuite.Workloads],
        "elementwise" => [.. ElementwiseSuite.Workloads],
        "train" => [.. BenchmarkModels.All.Select(static model => new TrainWorkload(model))],
        "infer" => [.. BenchmarkModels.All.Select(static model => new InferWorkload(model))],
        "runtimes" => [.. RuntimeWorkload.All],
        _ => throw new ArgumentException($"suite: must be one of {string.Join(", ", Names)}; got '{suite}'"),
    };
}
