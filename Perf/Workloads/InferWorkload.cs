using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>A model's predictions for one batch.</summary>
internal sealed class InferWorkload : Workload
{
    private readonly BenchmarkModel definition;

    public InferWorkload(BenchmarkModel definition)
        : base("infer", definition.Name)
    {
        this.definition = definition;
        Flops = definition.ForwardFlops;
        var torch = new PeerCase(TorchPeer.PeerName, TorchVariants("infer", definition));
        Peers = definition.Name is "mlp" or "cnn" ? [new PeerCase(OnnxRuntimePeer.PeerName, $"infer/{definition.Name}"), torch] : [torch];
    }

    /// <summary>Images lie in memory with the channels first or last in torch, whichever is faster.</summary>
    public static string[] TorchVariants(string kind, BenchmarkModel definition) => definition.Input.Length == 4
        ? [$"{kind}/{definition.Name}", $"{kind}/{definition.Name}_nhwc"]
        : [$"{kind}/{definition.Name}"];

    public override InProcessContender Prepare(CompareSettings settings)
    {
        var (model, x, _) = definition.Build();
        return new InProcessContender(new Evidence { Parameters = BenchmarkModel.TrainableParameters(model) }, () =>
        {
            using var scope = new TensorScope();
            model.PredictOnBatch(x);
        })
        { Device = Device.Current };
    }
}
