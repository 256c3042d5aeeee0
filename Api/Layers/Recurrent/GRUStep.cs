using GpuKeras.Kernels.Recurrent;

namespace GpuKeras.Layers;

/// <summary>
/// With gates z, r, h in this order: h = z · h + (1 − z) · candidate, where the reset gate r acts after the product with the
/// recurrent kernel (as cuDNN does it) or before.
/// </summary>
/// <remarks>Cho et al. 2014. Bias <c>[2, 3 · units]</c>, for the input and for the state, if the reset acts after; else <c>[3 · units]</c>.</remarks>
internal sealed class GRUStep(RecurrentSettings settings, bool resetAfter) : RecurrentCell(settings, gates: 3, states: 1, "gru_cell")
{
    protected override Shape BiasShape => resetAfter ? [2, Gates * Units] : [Gates * Units];

    public override Tensor Project(Tensor inputs) => inputs.Affine(Kernel, resetAfter ? Bias?[0] : Bias);

    public override Tensor[] SharedByAllSteps() => (resetAfter, Bias) switch
    {
        (true, null) => [],
        (true, _) => [Bias[1]],
        _ => [RecurrentKernel.Slice(1, ..(2 * Units)), RecurrentKernel.Slice(1, (2 * Units)..)],
    };

    public override TensorOp? Fuse(RecurrentOptions options, Func<Tensor[], Tensor> walk) =>
        resetAfter && Settings.HasDefaultActivations ? new RecurrentOp<GruCell>(options, walk) : null;

    public override void Step(Tensor projected, Tensor hidden, Tensor[] states, Tensor[] shared)
    {
        var gates = projected.Slice(-1, ..(2 * Units));
        var candidate = projected.Slice(-1, (2 * Units)..);
        if (resetAfter)
        {
            var inner = hidden.Affine(RecurrentKernel, shared is [var bias] ? bias : null);
            var (update, reset) = Gate(gates + inner.Slice(-1, ..(2 * Units)));
            Mix(states, update, candidate + reset * inner.Slice(-1, (2 * Units)..));
        }
        else
        {
            var (update, reset) = Gate(gates + hidden.MatMul(shared[0]));
            Mix(states, update, candidate + (reset * hidden).MatMul(shared[1]));
        }
    }

    private (Tensor Update, Tensor Reset) Gate(Tensor z)
    {
        var open = Settings.RecurrentActivation.Apply(z);
        return (open.Slice(-1, ..Units), open.Slice(-1, Units..));
    }

    private void Mix(Tensor[] states, Tensor update, Tensor candidate) =>
        states[0] = update * states[0] + (1 - update) * Settings.Activation.Apply(candidate);
}
