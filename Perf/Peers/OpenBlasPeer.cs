using GpuKeras.Kernels;
using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Workloads;

namespace GpuKeras.Perf.Peers;

/// <summary>OpenBLAS' <c>sgemm</c>, called in this process. The fastest build counts.</summary>
internal sealed class OpenBlasPeer : IPeer
{
    public const string PeerName = "openblas";

    private readonly IReadOnlyList<OpenBlas> builds;
    private readonly int threads;

    /// <param name="buildCount">How many of several builds are measured, at most.</param>
    /// <param name="threads">How many threads they use.</param>
    /// <exception cref="PeerAbsentException">There is no OpenBLAS.</exception>
    public OpenBlasPeer(int buildCount, int threads)
    {
        this.threads = threads;
        builds = OpenBlas.Load(buildCount);
        if (builds.Count == 0)
            throw new PeerAbsentException("libopenblas.so.0 is not there. Hint: apt-get install libopenblas0-openmp");
    }

    public string Name => PeerName;

    public string Description => string.Join("; ", builds.Select(build => $"{build.Config}, core {build.Core}")) + $"; {threads} threads";

    public IReadOnlyList<IContender> Prepare(Workload workload, PeerCase peerCase, CompareSettings settings) =>
        [.. builds.Select(build => Prepare(build, ((GemmWorkload)workload).Problem))];

    public void Dispose()
    {
    }

    private InProcessContender Prepare(OpenBlas build, GemmProblem problem)
    {
        var buffers = new GemmBuffers(problem);
        Action call = problem.Batch == 1
            ? () => Multiply(build, buffers, 0)
            : () => HostThreads.For(problem.Batch, 1, new BatchBody(build, buffers));
        build.SetThreads(threads);
        call();
        return new InProcessContender(new Evidence { Sample = buffers.Sample() }, call, resources: buffers);
    }

    private static unsafe void Multiply(OpenBlas build, GemmBuffers buffers, long matrix)
    {
        var (_, m, n, k, transposeA, transposeB, _) = buffers.Problem;
        build.Multiply(
            transposeA, transposeB, m, n, k, buffers.A.Pointer + matrix * m * k, buffers.B.Pointer + matrix * k * n, buffers.C.Pointer + matrix * m * n);
    }

    /// <summary>
    /// A batch is fastest with whole matrices for each thread; one after the other on all threads is what the library does itself.
    /// </summary>
    private readonly struct BatchBody(OpenBlas build, GemmBuffers buffers) : IRangeBody
    {
        public void Run(long start, long end)
        {
            build.SetThreads(1);
            for (var matrix = start; matrix < end; matrix++)
                Multiply(build, buffers, matrix);
        }
    }
}
