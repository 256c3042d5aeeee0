using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>A training step through the public API, the one that <c>Fit</c> makes for each batch.</summary>
internal sealed class TrainWorkload : Workload
{
    private readonly BenchmarkModel definition;

    public TrainWorkload(BenchmarkModel definition)
        : base("train", definition.Name)
    {
        this.definition = definition;
        // The gradients of a product are two products of its size.
        Flops = 3 * definition.ForwardFlops;
        Peers = [new PeerCase(TorchPeer.PeerName, InferWorkload.TorchVariants("train", definition))];
    }

    public override InProcessContender Prepare(CompareSettings settings)
    {
        var (model, x, y) = definition.Build();
        var losses = new double[settings.TrainingSteps];
        for (var step = 0; step < losses.Length; step++)
        {
            losses[step] = model.TrainOnBatch(x, y)["loss"];
            // Else the next one would be the mean so far.
            model.ResetMetrics();
        }
        return new InProcessContender(
            new Evidence { Parameters = BenchmarkModel.TrainableParameters(model), FirstLoss = losses[0], LastLoss = losses[^(losses.Length / 4)..].Average() },
            () => model.TrainOnBatch(x, y));
    }
}
