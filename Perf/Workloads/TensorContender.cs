using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>Makes our side of a workload that computes one tensor.</summary>
internal static class TensorContender
{
    /// <param name="compute">The workload.</param>
    /// <param name="evidenceOf">What shows that a result is right.</param>
    /// <param name="operations">How many times it is done in one <see cref="TensorScope"/>, as the operations of a step are.</param>
    public static InProcessContender Create(Func<Tensor> compute, Func<Tensor, Evidence> evidenceOf, int operations = 1)
    {
        Evidence evidence;
        using (new TensorScope())
            evidence = evidenceOf(compute());
        return new InProcessContender(evidence, Call, operations) { Device = Device.Current };

        void Call()
        {
            using var scope = new TensorScope();
            for (var i = 0; i < operations; i++)
                compute();
        }
    }
}
