using System.Text.Json.Nodes;
using GpuKeras.Saving;

namespace GpuKeras.Activations;

/// <summary>A function that a layer applies to its output. Keras' names, such as <c>"relu"</c>, and functions of tensors convert to it.</summary>
/// <remarks>
/// Keras writes an activation as its name, so a function of the program's own can be saved only under a name that
/// <see cref="Register"/> has made known. Without a name a function is called <c>custom</c>.
/// </remarks>
public sealed class ActivationFunction : IConfigValue
{
    private const string Unnamed = "custom";

    private readonly Func<Tensor, Tensor> function;
    private readonly Lazy<IFusableOp?>? fusable;

    /// <summary>A function of the program's own.</summary>
    /// <param name="function">The function; its result usually has the shape of its argument.</param>
    /// <param name="name">A name for messages and, once registered, for saving.</param>
    public ActivationFunction(Func<Tensor, Tensor> function, string name = Unnamed)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (this.function, Name) = (function, name);
    }

    private ActivationFunction(Func<Tensor, Tensor> function, string name, Lazy<IFusableOp?> fusable)
        : this(function, name) => this.fusable = fusable;

    /// <summary>The function that returns its argument.</summary>
    public static ActivationFunction Linear { get; } = new(static x => x, "linear");

    /// <summary>Keras' name, such as <c>relu</c>.</summary>
    public string Name { get; }

    /// <summary>Whether this is the identity.</summary>
    public bool IsLinear => Name == Linear.Name;

    /// <summary>The function's value.</summary>
    /// <param name="tensor">The argument, of a floating-point dtype.</param>
    public Tensor Apply(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return function(tensor);
    }

    /// <summary>Lets configurations and string identifiers name a function of the program's own.</summary>
    /// <param name="name">The name; not one of Keras'.</param>
    /// <param name="function">The function.</param>
    /// <exception cref="ArgumentException">Keras has a function of this name.</exception>
    public static ActivationFunction Register(string name, Func<Tensor, Tensor> function)
    {
        var activation = new ActivationFunction(function, name);
        ActivationNames.Register(activation);
        return activation;
    }

    /// <summary>The function that Keras calls <paramref name="identifier"/>, or a registered one.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public static implicit operator ActivationFunction(string identifier) => ActivationNames.Resolve(identifier);

    /// <summary>A function of the program's own, without a name.</summary>
    public static implicit operator ActivationFunction(Func<Tensor, Tensor> function) => new(function);

    /// <summary>The name, as Keras writes an activation.</summary>
    /// <exception cref="InvalidOperationException">The name is not known, so that loading would fail.</exception>
    public JsonNode ToJson() => ActivationNames.IsKnown(Name)
        ? Name
        : throw new InvalidOperationException(
            $"activation '{Name}': only named functions can be saved. Hint: make it with ActivationFunction.Register(name, function).");

    /// <summary>The function of a name, or of the object that Keras writes for a registered function.</summary>
    public static ActivationFunction FromJson(JsonNode value) => value switch
    {
        JsonObject { } serialized when serialized["config"] is JsonValue name => (string)name!,
        JsonValue name => (string)name!,
        _ => throw new ArgumentException($"activation: must be a function's name; got {value.ToJsonString()}. Hint: use an activation layer instead."),
    };

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The function of x · kernel + bias, in one pass where the product's kernel can apply it.</summary>
    /// <param name="x">The input <c>[…, inputs]</c>.</param>
    /// <param name="kernel">The kernel <c>[inputs, units]</c>.</param>
    /// <param name="bias">The bias <c>[units]</c>, or null.</param>
    internal Tensor Dense(Tensor x, Tensor kernel, Tensor? bias) => fusable?.Value is { } operation
        ? x.Affine(kernel, bias, operation)
        : function(x.Affine(kernel, bias));

    /// <summary>One of Keras' functions: it consists of tensor operations only, so it can be looked into.</summary>
    internal static ActivationFunction BuiltIn(Func<Tensor, Tensor> function, string name) =>
        new(function, name, new Lazy<IFusableOp?>(() => IFusableOp.Of(function)));
}
