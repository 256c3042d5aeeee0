using GpuKeras.Kernels;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;
using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>A matrix product into memory that is there already: on the CPU the kernel itself, as <c>cblas_sgemm</c> is one.</summary>
internal sealed class GemmWorkload : Workload
{
    public GemmWorkload(GemmProblem problem)
        : base("gemm", problem.Name)
    {
        Problem = problem;
        Flops = problem.Flops;
        // On a GPU torch's products are cuBLAS'.
        Peers = [Scale.IsGpu ? new PeerCase(TorchPeer.PeerName, $"gemm/{problem.TorchName}") : new PeerCase(OpenBlasPeer.PeerName, "sgemm")];
    }

    public GemmProblem Problem { get; }

    public override InProcessContender Prepare(CompareSettings settings) => Device.Current.Kind == "cpu" ? OnHost() : OnDevice();

    private InProcessContender OnHost()
    {
        var buffers = new GemmBuffers(Problem);
        var sizes = new MatMulSizes(Problem.Rows, Problem.Columns, Problem.Inner, Problem.TransposeA, Problem.TransposeB);
        var batch = Problem.Batch == 1 ? default : new BatchAxes(new Extents([Problem.Batch]), new Extents([1]), new Extents([1]));
        void Call() => new MatMulKernel<Identity, float>(buffers.A, buffers.B, default, buffers.C, sizes, batch).RunHost();
        Call();
        return new InProcessContender(new Evidence { Sample = buffers.Sample() }, Call, resources: buffers);
    }

    private InProcessContender OnDevice()
    {
        using var buffers = new GemmBuffers(Problem);
        var a = Tensor.From<float>(buffers.A.Span, [Problem.Batch, .. Stored(Problem.Rows, Problem.Inner, Problem.TransposeA)]);
        var b = Tensor.From<float>(buffers.B.Span, [Problem.Batch, .. Stored(Problem.Inner, Problem.Columns, Problem.TransposeB)]);
        return TensorContender.Create(Multiply, result => Evidence.Of(result) with { RelativeTolerance = Problem.RelativeTolerance });

        Tensor Multiply()
        {
            Device.MatMulPrecision = Problem.Precision;
            var product = a.MatMul(b, Problem.TransposeA, Problem.TransposeB);
            Device.MatMulPrecision = MatMulPrecision.Float32;
            return product;
        }
    }

    private static int[] Stored(int rows, int columns, bool transposed) => transposed ? [columns, rows] : [rows, columns];
}
