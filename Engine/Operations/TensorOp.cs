namespace GpuKeras;

/// <summary>An operation on tensors: its shape rule, its kernel, its gradient.</summary>
/// <remarks>
/// An instance is one use of the operation with its parameters (axes, flags …); an operation without parameters is a singleton.
/// Only <see cref="InferShape"/> checks shapes; <see cref="Forward"/> and <see cref="Backward"/> rely on it.
/// </remarks>
public abstract class TensorOp
{
    /// <summary>The operation's name in errors and logs, in lower case with underscores.</summary>
    public abstract string Name { get; }

    /// <summary>What distinguishes this use of the operation from others: axes, flags, numbers, in the constructor's order.</summary>
    internal virtual object?[] Parameters => [];

    /// <summary>Whether the output can carry a gradient to the inputs.</summary>
    public virtual bool IsDifferentiable => true;

    /// <summary>The output's shape.</summary>
    /// <exception cref="ShapeException">The inputs' shapes do not fit.</exception>
    public abstract Shape InferShape(ReadOnlySpan<Shape> inputs);

    /// <summary>The output's dtype; by default that of the inputs, which must agree.</summary>
    /// <exception cref="DTypeException">The inputs' dtypes do not fit.</exception>
    public virtual DType InferDType(ReadOnlySpan<DType> inputs)
    {
        foreach (var dtype in inputs)
            if (dtype != inputs[0])
                throw new DTypeException(Name, "inputs must have one dtype", $"{inputs[0].KerasName()} and {dtype.KerasName()}");
        return inputs[0];
    }

    /// <summary>Computes the output from inputs whose shapes and dtypes have been checked.</summary>
    protected abstract void Forward(ReadOnlySpan<Tensor> inputs, Tensor output);

    /// <summary>Sets the gradient of each input that <see cref="BackwardContext.Needs"/> one.</summary>
    /// <remarks>Written with tensor operations, so that gradients have gradients.</remarks>
    protected internal virtual void Backward(BackwardContext context) =>
        throw new NotSupportedException($"{Name}: has no gradient. Hint: StopGradient keeps it off the tape.");

    /// <summary>The tensor that <see cref="Forward"/> writes; an operation that only renames memory returns a view instead.</summary>
    protected virtual Tensor CreateOutput(ReadOnlySpan<Tensor> inputs, in Shape shape, DType dtype) =>
        Tensor.Empty(shape, dtype, inputs[0].Device);

    /// <summary>Runs the operation, and records it on the tapes that follow one of the inputs.</summary>
    /// <exception cref="DeviceException">The inputs are on different devices.</exception>
    public Tensor Apply(params ReadOnlySpan<Tensor> inputs)
    {
        Span<Shape> shapes = stackalloc Shape[inputs.Length];
        Span<DType> dtypes = stackalloc DType[inputs.Length];
        var symbolic = false;
        var tapes = 0UL;
        for (var i = 0; i < inputs.Length; i++)
        {
            shapes[i] = inputs[i].Shape;
            dtypes[i] = inputs[i].DType;
            symbolic |= inputs[i].IsSymbolic;
            tapes |= inputs[i].TapeMask;
        }
        var dtype = InferDType(dtypes);
        if (symbolic)
            return ApplySymbolically(inputs, shapes, dtype);

        var shape = InferShape(shapes);
        var device = inputs[0].Device;
        for (var i = 1; i < inputs.Length; i++)
            if (inputs[i].Device != device)
                throw new DeviceException(
                    $"{Name}: inputs must be on one device; got {device.Name} and {inputs[i].Device.Name}. Hint: tensor.To(device) " +
                    "moves one.");
        var output = CreateOutput(inputs, shape, dtype);
        Forward(inputs, output);
        tapes &= GradientTape.ActiveMask;
        if (tapes != 0 && IsDifferentiable && dtype.IsFloatingPoint())
            GradientTape.Record(tapes, this, inputs, output);
        return output;
    }

    private Tensor ApplySymbolically(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Shape> shapes, DType dtype)
    {
        var shape = InferSymbolicShape(shapes);
        var node = new OperationNode(this, inputs.ToArray());
        return node.Output = Tensor.Symbolic(shape, dtype, node);
    }

    private Shape InferSymbolicShape(ReadOnlySpan<Shape> shapes)
    {
        var known = true;
        foreach (ref readonly var shape in shapes)
            known &= shape.IsKnown;
        return known
            ? InferShape(shapes)
            : SymbolicShapes.Merge(InferWith(SymbolicShapes.FirstProbe, shapes), InferWith(SymbolicShapes.SecondProbe, shapes));
    }

    private Shape InferWith(int probe, ReadOnlySpan<Shape> shapes)
    {
        Span<Shape> probed = stackalloc Shape[shapes.Length];
        for (var i = 0; i < shapes.Length; i++)
            probed[i] = SymbolicShapes.Replace(shapes[i], probe);
        return InferShape(probed);
    }
}
