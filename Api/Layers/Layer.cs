using GpuKeras.Regularizers;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Layers;

/// <summary>A step of a model: weights, and a function of tensors that uses them.</summary>
/// <remarks>
/// A layer is a constructor that validates and keeps the configuration, <see cref="Build(Shape)"/> that makes the weights when the first
/// input's shape is known, and <see cref="Call(Tensor, bool)"/>. Layers and variables in fields, lists and dictionaries are found by
/// themselves. <see cref="Apply(Tensor, bool?, Tensor?)"/> calls the layer, on values or on symbolic tensors.
/// </remarks>
public abstract partial class Layer : IKerasObject
{
    [ThreadStatic]
    private static bool? enclosingTraining;

    // While shapes are found by a trace, sizes stand for unknown ones and calls are no part of a model.
    [ThreadStatic]
    private static bool isTracing;

    // Locked where it is used: several threads may call one model.
    private readonly List<Tensor> callLosses = [];
    private bool trainable = true;

    /// <summary>A layer with a name of its own, or an automatic one such as <c>dense_1</c>.</summary>
    protected Layer(string? name = null)
    {
        WeightMaking.CountLayer(this);
        Name = name is null ? AutomaticNames.Next(Identifiers.ToSnakeCase(GetType().Name)) : Checked(name);
        ForgetFoundState();
    }

    /// <summary>The layer's name, unique within its model.</summary>
    public string Name { get; private set; }

    /// <summary>The dtype of the layer's weights and computation.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>Whether training changes the weights. False freezes this layer and all layers in it.</summary>
    public bool Trainable
    {
        get => trainable;
        set
        {
            trainable = value;
            foreach (var layer in SubLayers)
                layer.Trainable = value;
            foreach (var variable in OwnVariables)
                variable.Trainable = value && trainableByDesign.Contains(variable);
            ForgetFoundState();
        }
    }

    /// <summary>Sets <see cref="Trainable"/> of this layer alone, as a configuration does that says it for each.</summary>
    internal void SetOwnTrainable(bool value) => trainable = value;

    /// <summary>Whether a mask on the input is taken and passed on.</summary>
    public bool SupportsMasking { get; protected init; }

    /// <summary>What is demanded of each input, if anything.</summary>
    protected InputSpec? InputSpec { get; set; }

    /// <summary>The training flag if neither the call nor an enclosing one gives it; null means false.</summary>
    protected virtual bool? DefaultTraining => null;

    /// <summary>Whether inputs of other floating-point dtypes are converted to <see cref="DType"/>.</summary>
    protected virtual bool AutoCast => true;

    /// <summary>A penalty on the output, added to the losses of each call.</summary>
    public Regularizer? ActivityRegularizer { get; init; }

    /// <summary>Calls the layer on one tensor.</summary>
    /// <param name="inputs">The input, with values or symbolic; its shape is documented by each layer.</param>
    /// <param name="training">Whether this is training; by default the enclosing call's value, then the layer's, then false.</param>
    /// <param name="mask">Which sequence entries are real, <c>[batch, steps]</c> of bool; by default the input's own mask.</param>
    /// <returns>The output; use <see cref="ApplyAll"/> for a layer with several.</returns>
    /// <exception cref="ShapeException">The input's shape does not fit the layer.</exception>
    public Tensor Apply(Tensor inputs, bool? training = null, Tensor? mask = null) =>
        Single(ApplyAll(inputs, training, mask is null ? null : [mask]));

    /// <summary>Calls the layer on several tensors, such as <c>add.Apply([a, b])</c>.</summary>
    /// <inheritdoc cref="Apply(Tensor, bool?, Tensor?)"/>
    public Tensor Apply(TensorStructure inputs, bool? training = null) => Single(ApplyAll(inputs, training));

    /// <summary>Calls the layer and returns all its outputs.</summary>
    /// <param name="inputs">One tensor, a list or named tensors, with values or symbolic.</param>
    /// <param name="training">Whether this is training; by default the enclosing call's value, then the layer's, then false.</param>
    /// <param name="masks">A mask for each input; by default the inputs' own.</param>
    /// <exception cref="ShapeException">An input's shape does not fit the layer.</exception>
    public TensorStructure ApplyAll(TensorStructure inputs, bool? training = null, IReadOnlyList<Tensor?>? masks = null) =>
        ApplyWith(inputs, training, masks, arguments: null);

    /// <summary>Calls the layer with arguments that only its own kind understands.</summary>
    internal TensorStructure ApplyWith(TensorStructure inputs, bool? training, IReadOnlyList<Tensor?>? masks, object? arguments)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (AutoCast)
            inputs = CastFloatingPoint(inputs);
        CheckInputs(inputs);
        var outerPath = enclosingPath;
        enclosingPath = Path;
        try
        {
            EnsureBuilt(inputs);
            var isTraining = training ?? enclosingTraining ?? DefaultTraining ?? false;
            var context = new CallContext(isTraining, masks ?? OwnMasks(inputs), arguments);
            return IsSymbolic(inputs) ? CallSymbolically(inputs, context, training, masks) : CallOnValues(inputs, context);
        }
        finally
        {
            enclosingPath = outerPath;
        }
    }

    /// <summary>The forward pass of a layer with one input and one output.</summary>
    /// <param name="inputs">The input, already of the layer's dtype.</param>
    /// <param name="training">Whether this is training.</param>
    protected virtual Tensor Call(Tensor inputs, bool training) =>
        throw new NotSupportedException($"layer '{Name}' ({GetType().Name}): has no forward pass. Hint: override Call.");

    /// <summary>The forward pass of a layer with several inputs or outputs, or that uses masks.</summary>
    protected virtual TensorStructure Call(TensorStructure inputs, CallContext context) => Call(inputs.Single, context.Training);

    /// <summary>The shape of the output for an input of this shape; sizes may be unknown.</summary>
    /// <remarks>By default the forward pass is traced without values; a layer whose <see cref="Call(Tensor, bool)"/> reads values overrides this.</remarks>
    public virtual Shape ComputeOutputShape(Shape input) => Trace(Tensor.Symbolic(input, DType), new CallContext(false, [])).Single.Shape;

    /// <summary>The mask of the output; by default the first input's if the layer supports masking.</summary>
    protected virtual Tensor? ComputeMask(TensorStructure inputs, CallContext context) => SupportsMasking ? context.Mask : null;

    /// <summary>Adds a scalar to the losses of the current call.</summary>
    protected void AddLoss(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.IsSymbolic)
            return;
        lock (callLosses)
            callLosses.Add(loss);
    }

    /// <summary>The layer's configuration under Keras' names.</summary>
    public virtual System.Text.Json.Nodes.JsonObject GetConfig()
    {
        var config = new System.Text.Json.Nodes.JsonObject
        {
            ["name"] = Name,
            ["trainable"] = Trainable,
            ["dtype"] = ConfigValues.DTypePolicy(DType),
        };
        if (ActivityRegularizer is not null)
            config["activity_regularizer"] = KerasConfig.Serialize(ActivityRegularizer);
        KerasConfig.AddParameters(config, this);
        foreach (var (key, value) in FixedConfig)
            config[key] = value;
        return ActivityRegularizer is null
            ? config.InKerasOrder(GetType(), "name", "trainable", "dtype")
            : config.InKerasOrder(GetType(), "name", "trainable", "dtype", "activity_regularizer");
    }

    /// <summary>Keras' switches for features that this layer does not have, with the only value that loading accepts.</summary>
    internal virtual (string Key, System.Text.Json.Nodes.JsonNode? Value)[] FixedConfig => [];

    /// <summary>Gives the layer the name that a configuration says, before anything is built.</summary>
    internal void Rename(string name) => Name = Checked(name);

    private protected TensorStructure CallOnValues(TensorStructure inputs, CallContext context)
    {
        var outer = enclosingTraining;
        // The outermost call starts anew, for all layers in it: one that is called twice adds up, one that is left out has none.
        if (outer is null)
            ForgetCallLosses();
        enclosingTraining = context.Training;
        TensorStructure outputs;
        try
        {
            outputs = Call(inputs, context);
        }
        catch (ShapeException exception) when (exception.Layer is null)
        {
            throw Located(exception, inputs);
        }
        finally
        {
            enclosingTraining = outer;
        }
        if (ActivityRegularizer is { } regularizer)
            for (var i = 0; i < outputs.Count; i++)
                AddLoss(regularizer.Penalty(outputs[i]) / Math.Max(1, outputs[i].Shape[0]));
        if (ComputeMask(inputs, context) is { } mask)
            for (var i = 0; i < outputs.Count; i++)
                outputs[i].Mask ??= mask;
        return outputs;
    }

    private static string Checked(string name) => name.Length > 0 && !name.Contains('/')
        ? name
        : throw new ArgumentException($"layer name: must not be empty or contain '/'; got '{name}'", nameof(name));

    private static Tensor Single(TensorStructure outputs) => outputs.Count == 1
        ? outputs[0]
        : throw new InvalidOperationException($"Apply: returns one tensor; the layer has {outputs.Count} outputs {outputs}. Hint: ApplyAll returns them all.");

    private ShapeException Located(ShapeException exception, TensorStructure inputs, string remark = "") => exception.In(
        Name, $"layer '{Name}' ({GetType().Name}), inputs {string.Join(", ", inputs.Select(static tensor => tensor.Shape.ToKerasString()))}{remark}");

    private static bool IsSymbolic(TensorStructure inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            if (inputs[i].IsSymbolic)
                return true;
        return false;
    }

    private static IReadOnlyList<Tensor?> OwnMasks(TensorStructure inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            if (inputs[i].Mask is not null)
                return inputs.Tensors.Select(static tensor => tensor.Mask).ToArray();
        return [];
    }

    private TensorStructure CastFloatingPoint(TensorStructure inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
            if (inputs[i].DType.IsFloatingPoint() && inputs[i].DType != DType)
                return inputs.Map(tensor => tensor.DType.IsFloatingPoint() ? tensor.Cast(DType) : tensor);
        return inputs;
    }

    private void CheckInputs(TensorStructure inputs)
    {
        if (InputSpec is not { } spec)
            return;
        for (var i = 0; i < inputs.Count; i++)
            spec.Check(i, Name, inputs[i].Shape);
    }
}
