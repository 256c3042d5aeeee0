using System.Reflection;
using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>The training step that <c>Fit</c> makes for each batch. Neither side reads the loss of a step that is measured.</summary>
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
        var (step, batch) = (StepOf(model), new Batch(x, y));
        var losses = new double[settings.TrainingSteps];
        for (var i = 0; i < losses.Length; i++)
        {
            losses[i] = model.TrainOnBatch(x, y)["loss"];
            // Else the next one would be the mean so far.
            model.ResetMetrics();
        }
        return new InProcessContender(
            new Evidence { Parameters = BenchmarkModel.TrainableParameters(model), FirstLoss = losses[0], LastLoss = losses[^(losses.Length / 4)..].Average() },
            () =>
            {
                using var scope = new TensorScope();
                step(batch);
            })
        { Device = Device.Current };
    }

    // Fit's own, which is protected; TrainOnBatch would wait for the loss each time.
    private static Func<Batch, Logs> StepOf(Model model) =>
        typeof(Model).GetMethod("TrainStep", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<Batch, Logs>>(model);
}
