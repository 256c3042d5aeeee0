using GpuKeras.Perf.Compare;

namespace GpuKeras.Perf.Workloads;

/// <summary>Makes our side of a workload that computes one tensor.</summary>
internal static class TensorContender
{
    /// <param name="compute">The workload.</param>
    /// <param name="operations">How many times it is done in one <see cref="TensorScope"/>, as the operations of a step are.</param>
    public static InProcessContender Create(Func<Tensor> compute, int operations = 1)
    {
        var device = Device.Current;
        IReadOnlyList<double> sample;
        using (new TensorScope())
            sample = Evidence.SampleOf(compute().ToArray<float>());
        return new InProcessContender(new Evidence { Sample = sample }, Call, operations);

        void Call()
        {
            using var scope = new TensorScope();
            for (var i = 0; i < operations; i++)
                compute();
            device.Synchronize();
        }
    }
}
