namespace GpuKeras.Layers;

/// <summary>One step of a recurrent layer, and the weights that all its steps share.</summary>
/// <remarks>Weights: kernel <c>[inputDim, gates · units]</c>, recurrent_kernel <c>[units, gates · units]</c>, bias.</remarks>
internal abstract class RecurrentCell : Layer
{
    protected RecurrentCell(RecurrentSettings settings, int gates, int states, string name)
        : base(name) => (Settings, Gates, StateCount) = (settings, gates, states);

    /// <summary>How many tensors <c>[batch, units]</c> are carried from step to step; the first is the output.</summary>
    public int StateCount { get; }

    /// <summary>The size of the inputs that the weights were made for; null before.</summary>
    public int? InputSize => Built ? Kernel.Shape[0] : null;

    /// <summary>The dtype of the weights: that of the layer the cell is in, known when they are made.</summary>
    public DType WeightType { get; set; }

    protected RecurrentSettings Settings { get; }

    protected int Units => Settings.Units;

    protected int Gates { get; }

    protected Variable Kernel { get; private set; } = null!;

    /// <summary>The weights of the state, <c>[units, gates · units]</c>.</summary>
    public Variable RecurrentKernel { get; private set; } = null!;

    protected Variable? Bias { get; private set; }

    /// <summary>The shape of the bias.</summary>
    protected virtual Shape BiasShape => [Gates * Units];

    /// <summary>The input's part of all steps at once: x <c>[steps, batch, inputDim]</c> → <c>[steps, batch, gates · units]</c>.</summary>
    public abstract Tensor Project(Tensor inputs);

    /// <summary>
    /// All steps as one operation, on the input's part, the recurrent kernel, the first states and what the steps share; null if there
    /// is none for the cell's activations.
    /// </summary>
    /// <param name="options">The direction, the mask, and what is returned.</param>
    /// <param name="walk">The same in operations that a tape can follow.</param>
    public virtual TensorOp? Fuse(RecurrentOptions options, Func<Tensor[], Tensor> walk) => null;

    /// <summary>What the steps of one call use of the weights, taken out once.</summary>
    public virtual Tensor[] SharedByAllSteps() => [];

    /// <summary>One step.</summary>
    /// <param name="projected">The input's part <c>[batch, gates · units]</c>.</param>
    /// <param name="hidden">The first state as the recurrent kernel is to see it: after recurrent dropout.</param>
    /// <param name="states">The states before the step, <c>[batch, units]</c> each; they become those after it.</param>
    /// <param name="shared">What <see cref="SharedByAllSteps"/> gave.</param>
    public abstract void Step(Tensor projected, Tensor hidden, Tensor[] states, Tensor[] shared);

    protected override void Build(Shape input)
    {
        Kernel = Add(
            "kernel", [input[^1], Gates * Units], Settings.KernelInitializer, Settings.KernelRegularizer, Settings.KernelConstraint);
        RecurrentKernel = Add(
            "recurrent_kernel", [Units, Gates * Units], Settings.RecurrentInitializer,
            Settings.RecurrentRegularizer, Settings.RecurrentConstraint);
        if (Settings.UseBias)
            Bias = Add("bias", BiasShape, BiasInitializer(), Settings.BiasRegularizer, Settings.BiasConstraint);
    }

    protected virtual Initializers.Initializer BiasInitializer() => Settings.BiasInitializer;

    private Variable Add(
        string name, Shape shape, Initializers.Initializer initializer,
        Regularizers.Regularizer? regularizer, Constraints.Constraint? constraint) =>
        AddWeight(name, shape, initializer, regularizer: regularizer, constraint: constraint, dtype: WeightType);
}
