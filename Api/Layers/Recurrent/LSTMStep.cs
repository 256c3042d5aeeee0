using GpuKeras.Initializers;
using GpuKeras.Kernels.Recurrent;

namespace GpuKeras.Layers;

/// <summary>
/// With gates i, f, c, o in this order: carry = f · carry + i · activation(c), h = o · activation(carry).
/// </summary>
/// <remarks>Hochreiter and Schmidhuber 1997; forget gate: Gers, Schmidhuber and Cummins 2000.</remarks>
internal sealed class LSTMStep(RecurrentSettings settings, bool unitForgetBias) : RecurrentCell(settings, gates: 4, states: 2, "lstm_cell")
{
    public override Tensor Project(Tensor inputs) => inputs.Affine(Kernel, Bias);

    public override TensorOp? Fuse(RecurrentOptions options, Func<Tensor[], Tensor> walk) =>
        Settings.HasDefaultActivations ? new RecurrentOp<LstmCell>(options, walk) : null;

    public override void Step(Tensor projected, Tensor hidden, Tensor[] states, Tensor[] shared)
    {
        var z = projected + hidden.MatMul(RecurrentKernel);
        var input = Settings.RecurrentActivation.Apply(z.Slice(-1, ..Units));
        var forget = Settings.RecurrentActivation.Apply(z.Slice(-1, Units..(2 * Units)));
        var candidate = Settings.Activation.Apply(z.Slice(-1, (2 * Units)..(3 * Units)));
        var output = Settings.RecurrentActivation.Apply(z.Slice(-1, (3 * Units)..));
        states[1] = forget * states[1] + input * candidate;
        states[0] = output * Settings.Activation.Apply(states[1]);
    }

    // A forget gate that starts open keeps what is learned early (Jozefowicz, Zaremba and Sutskever 2015).
    protected override Initializer BiasInitializer() =>
        unitForgetBias ? new ForgetBias(Settings.BiasInitializer, Units) : Settings.BiasInitializer;

    /// <summary>A bias with ones for the forget gate, and what another initializer gives for the other gates.</summary>
    private sealed class ForgetBias(Initializer others, int units) : Initializer
    {
        public override Tensor Create(Shape shape, DType dtype = DType.Float32) =>
            Tensor.Concat([others.Create([units], dtype), Tensor.Ones([units], dtype), others.Create([2 * units], dtype)]);
    }
}
