using System.Text.Json.Nodes;

namespace GpuKeras.Layers;

/// <summary>A function of tensors as a layer.</summary>
/// <remarks>
/// The function must be made of tensor operations, so that shapes and gradients follow; its variables are not found. It cannot be saved:
/// a file that carries code could run anything when it is loaded. Write a <see cref="Layer"/> subclass for a model that is to be saved.
/// </remarks>
public sealed class Lambda : Layer
{
    private readonly Func<Tensor, bool, Tensor> function;

    /// <summary>A layer that computes a function.</summary>
    /// <param name="function">From the input to the output.</param>
    /// <param name="outputShape">The shape of one sample of the output, without the batch axis, where it cannot be traced.</param>
    /// <param name="name">The layer's name.</param>
    public Lambda(Func<Tensor, Tensor> function, Shape? outputShape = null, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(function);
        (this.function, OutputShape) = ((inputs, _) => function(inputs), outputShape);
    }

    /// <summary>A layer that computes a function which is also told whether this is training.</summary>
    /// <inheritdoc cref="Lambda(Func{Tensor, Tensor}, Shape?, string?)"/>
    public Lambda(Func<Tensor, bool, Tensor> function, Shape? outputShape = null, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(function);
        (this.function, OutputShape) = (function, outputShape);
    }

    /// <summary>The shape of one sample of the output, if it was given.</summary>
    public Shape? OutputShape { get; }

    /// <summary>Refuses: see the remarks of the class.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public static Lambda FromConfig(JsonObject config) => throw new NotSupportedException(
        "Lambda: a function is code, and code is not loaded from a file. " +
        "Hint: build the model in the program and load its weights, or write a Layer subclass.");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a function cannot be written to a configuration.</exception>
    public override JsonObject GetConfig() => throw new NotSupportedException(
        $"Lambda layer '{Name}': a function cannot be saved. " +
        "Hint: write a Layer subclass and register it with KerasTypes.Register, or save the weights alone.");

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        OutputShape is { } sample ? sample.Insert(0, input[0]) : base.ComputeOutputShape(input);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => function(inputs, training);
}
