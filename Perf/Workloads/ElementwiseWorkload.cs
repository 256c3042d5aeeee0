using GpuKeras.Perf.Compare;
using GpuKeras.Perf.Peers;

namespace GpuKeras.Perf.Workloads;

/// <summary>An operation on tensors, beside PyTorch's of the same name.</summary>
internal sealed class ElementwiseWorkload : Workload
{
    private readonly Func<Func<Tensor>> create;

    /// <param name="name">The operation.</param>
    /// <param name="elements">The size of its operands.</param>
    /// <param name="bytesPerElement">The bytes that it must read and write for each; null where they do not limit it.</param>
    /// <param name="create">Makes the operands on the current device and returns what is measured.</param>
    public ElementwiseWorkload(string name, int elements, int? bytesPerElement, Func<Func<Tensor>> create)
        : base("elementwise", name)
    {
        this.create = create;
        Bytes = (double?)bytesPerElement * elements;
        var torch = $"op/{name}@{elements}";
        // Which order of the axes is faster in torch depends on the device.
        Peers = [new PeerCase(TorchPeer.PeerName, name.StartsWith("batchnorm", StringComparison.Ordinal) ? [torch, torch + "_nchw"] : [torch])];
    }

    /// <summary>How many operations of one <see cref="TensorScope"/> are measured together.</summary>
    public int Operations { get; init; } = 1;

    /// <summary>What shows that a result is right.</summary>
    public Func<Tensor, Evidence> EvidenceOf { get; init; } = Evidence.Of;

    public override InProcessContender Prepare(CompareSettings settings) => TensorContender.Create(create(), EvidenceOf, Operations);
}
