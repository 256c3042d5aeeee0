using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>An operation on tensors, beside PyTorch's of the same name.</summary>
/// <param name="name">The operation.</param>
/// <param name="create">Makes the operands on the current device and returns what is measured.</param>
/// <param name="operations">How many operations of one <see cref="TensorScope"/> are measured together.</param>
internal sealed class ElementwiseWorkload(string name, Func<Func<Tensor>> create, int operations = 1) : Workload("elementwise", name)
{
    public static ElementwiseWorkload Create(string name, double? bytes, Func<Func<Tensor>> create, int operations = 1) =>
        new(name, create, operations) { Bytes = bytes, Peers = [new PeerCase(TorchPeer.PeerName, $"op/{name}")] };

    public override InProcessContender Prepare(CompareSettings settings) => TensorContender.Create(create(), operations);
}
