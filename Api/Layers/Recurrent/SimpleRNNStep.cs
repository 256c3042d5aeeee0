using GpuKeras.Kernels.Recurrent;

namespace GpuKeras.Layers;

/// <summary>h = activation(x · kernel + bias + h · recurrentKernel).</summary>
internal sealed class SimpleRNNStep(RecurrentSettings settings) : RecurrentCell(settings, gates: 1, states: 1, "simple_rnn_cell")
{
    public override Tensor Project(Tensor inputs) => inputs.Affine(Kernel, Bias);

    public override TensorOp? Fuse(RecurrentOptions options, Func<Tensor[], Tensor> walk) =>
        Settings.HasDefaultActivations ? new RecurrentOp<SimpleRnnCell>(options, walk) : null;

    public override void Step(Tensor projected, Tensor hidden, Tensor[] states, Tensor[] shared) =>
        states[0] = Settings.Activation.Apply(projected + hidden.MatMul(RecurrentKernel));
}
