namespace GpuKeras;

/// <summary>What an operation's backward pass is given, and where it leaves the gradients of its inputs.</summary>
/// <remarks>One instance serves a whole sweep.</remarks>
public sealed class BackwardContext
{
    private readonly int tape;
    private Tensor?[] gradients = new Tensor?[4];

    internal BackwardContext(int tape) => this.tape = tape;

    /// <summary>The operation's inputs.</summary>
    public Tensor[] Inputs { get; private set; } = [];

    /// <summary>The operation's output.</summary>
    public Tensor Output { get; private set; } = null!;

    /// <summary>What the forward pass left in its output's <see cref="Tensor.Saved"/>.</summary>
    internal Tensor[] Saved => Output.Saved ?? [];

    /// <summary>The gradient of the target with respect to <see cref="Output"/>, of its shape.</summary>
    public Tensor Gradient { get; private set; } = null!;

    /// <summary>The gradient with respect to one input, of its shape; null means zero.</summary>
    public Tensor? this[int input]
    {
        get => gradients[input];
        set => gradients[input] = value;
    }

    /// <summary>Whether the gradient with respect to this input is wanted.</summary>
    public bool Needs(int input) => (Inputs[input].TapeMask >> tape & 1) != 0;

    internal void Start(Tensor[] inputs, Tensor output, Tensor gradient)
    {
        (Inputs, Output, Gradient) = (inputs, output, gradient);
        if (gradients.Length < inputs.Length)
            gradients = new Tensor?[inputs.Length];
        Array.Clear(gradients);
    }
}
