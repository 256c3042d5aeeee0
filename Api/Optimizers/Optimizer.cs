using System.Text.Json.Nodes;
using GpuKeras.Saving;
using GpuKeras.Utilities;

namespace GpuKeras.Optimizers;

/// <summary>Changes variables along their gradients. Keras' identifiers, such as <c>"adam"</c>, convert to it.</summary>
/// <remarks>
/// An optimizer serves the variables of its first <see cref="ApplyGradients"/> (or <see cref="Build"/>), and keeps slots for them. An
/// algorithm of one's own overrides <see cref="CreateSlots"/> and <see cref="UpdateStep"/>.
/// </remarks>
public abstract partial class Optimizer : IKerasObject
{
    private readonly Dictionary<Variable, int> indices = new(ReferenceEqualityComparer.Instance);
    private readonly List<Variable> variables = [];
    private readonly HostScalar iteration;
    private HostScalar? learningRate;
    private LearningRateSchedule? schedule;
    private Variable[] trained = [];
    private Variable[]? averages;
    private Variable[]? accumulators;

    /// <summary>What all optimizers share.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule.</param>
    /// <param name="weightDecay">The part of each variable that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipnorm">The largest norm of each gradient; longer ones are scaled down.</param>
    /// <param name="clipvalue">The largest absolute value of a gradient's elements.</param>
    /// <param name="globalClipnorm">The largest norm of all gradients together.</param>
    /// <param name="useEma">Whether to keep an exponential moving average of the variables.</param>
    /// <param name="emaMomentum">How much of the average stays at each step.</param>
    /// <param name="emaOverwriteFrequency">After how many steps the average replaces the variables; null: only at the end of training.</param>
    /// <param name="lossScaleFactor">The number that the loss was multiplied with; gradients are divided by it.</param>
    /// <param name="gradientAccumulationSteps">How many steps' gradients are averaged for one update; at least 2.</param>
    /// <param name="name">The name; by default <c>adam</c>, <c>adam_1</c>, …</param>
    /// <exception cref="ArgumentException">More than one kind of clipping is asked for, or a number is out of range.</exception>
    protected Optimizer(
        LearningRate learningRate,
        double? weightDecay = null,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
    {
        ArgumentNullException.ThrowIfNull(learningRate);
        var what = GetType().Name;
        if ((clipnorm is null ? 0 : 1) + (clipvalue is null ? 0 : 1) + (globalClipnorm is null ? 0 : 1) > 1)
            throw new ArgumentException(
                $"{what}: only one of clipnorm, clipvalue and globalClipnorm can be set; got clipnorm={clipnorm?.ToString() ?? "null"}, " +
                $"clipvalue={clipvalue?.ToString() ?? "null"}, globalClipnorm={globalClipnorm?.ToString() ?? "null"}");
        if (gradientAccumulationSteps is < 2)
            throw new ArgumentOutOfRangeException(
                nameof(gradientAccumulationSteps), $"{what}: gradientAccumulationSteps must be at least 2; got {gradientAccumulationSteps}");
        if (useEma && emaMomentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(emaMomentum), $"{what}: emaMomentum must be in the range [0, 1]; got {emaMomentum}");
        if (useEma && emaOverwriteFrequency is < 1)
            throw new ArgumentOutOfRangeException(
                nameof(emaOverwriteFrequency), $"{what}: emaOverwriteFrequency must be at least 1, or null; got {emaOverwriteFrequency}");
        Name = name ?? AutomaticNames.Next(Identifiers.ToSnakeCase(what));
        (WeightDecay, Clipnorm, Clipvalue, GlobalClipnorm) = (weightDecay, clipnorm, clipvalue, globalClipnorm);
        (UseEma, EmaMomentum, EmaOverwriteFrequency) = (useEma, emaMomentum, emaOverwriteFrequency);
        (LossScaleFactor, GradientAccumulationSteps) = (lossScaleFactor, gradientAccumulationSteps);
        iteration = new HostScalar(0, DType.Int32, "iteration", $"{Name}/iteration");
        variables.Add(iteration.Variable);
        schedule = learningRate.Schedule;
        if (schedule is null)
            AddLearningRate(learningRate.Value);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The part of each variable that a step takes away, times the learning rate; null for none.</summary>
    public double? WeightDecay { get; }

    /// <summary>The largest norm of each gradient.</summary>
    public double? Clipnorm { get; }

    /// <summary>The largest absolute value of a gradient's elements.</summary>
    public double? Clipvalue { get; }

    /// <summary>The largest norm of all gradients together.</summary>
    public double? GlobalClipnorm { get; }

    /// <summary>Whether an exponential moving average of the variables is kept.</summary>
    public bool UseEma { get; }

    /// <summary>How much of the average stays at each step.</summary>
    public double EmaMomentum { get; }

    /// <summary>After how many steps the average replaces the variables; null: only at the end of training.</summary>
    public int? EmaOverwriteFrequency { get; }

    /// <summary>The number that the loss was multiplied with.</summary>
    public double? LossScaleFactor { get; }

    /// <summary>How many steps' gradients are averaged for one update; null for one.</summary>
    public int? GradientAccumulationSteps { get; }

    /// <summary>How many updates there have been; with gradient accumulation the steps divided by its number.</summary>
    public long Iterations => Steps / (GradientAccumulationSteps ?? 1);

    /// <summary>Whether the slots exist.</summary>
    public bool Built { get; private set; }

    /// <summary>The optimizer's state in Keras' order: iteration, learning rate (unless scheduled), averages, accumulators, slots.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>The learning rate of the next step, as float32 holds it.</summary>
    /// <exception cref="InvalidOperationException">It is set although a schedule gives it.</exception>
    public double LearningRate
    {
        get => schedule?.At(Steps) ?? learningRate!.Value;
        set
        {
            if (schedule is not null)
                throw new InvalidOperationException(
                    $"{Name}: was created with a LearningRateSchedule, hence its learning rate is not settable. " +
                    "Hint: create it with a number, or set Schedule to null first.");
            learningRate!.Value = value;
        }
    }

    /// <summary>What gives the learning rate; null if it is a number. Setting it to null keeps the current rate as a number.</summary>
    public LearningRateSchedule? Schedule
    {
        get => schedule;
        set
        {
            var current = LearningRate;
            schedule = value;
            if (value is null && learningRate is null)
                AddLearningRate(current);
            else if (value is not null && learningRate is not null)
            {
                variables.Remove(learningRate.Variable);
                learningRate = null;
            }
        }
    }

    /// <summary>How often <see cref="ApplyGradients"/> has been called; schedules follow it.</summary>
    protected long Steps => (long)iteration.Value;

    /// <summary>The optimizer that an identifier names, with its defaults; upper and lower case are the same.</summary>
    /// <exception cref="ArgumentException">Nothing is called so; the message suggests the nearest name.</exception>
    public static implicit operator Optimizer(string identifier) => OptimizerNames.Resolve(identifier);

    /// <summary>The configuration under Keras' names.</summary>
    public virtual JsonObject GetConfig()
    {
        var config = KerasConfig.OfConstructor(this);
        if (schedule is not null)
            config["learning_rate"] = KerasConfig.Serialize(schedule);
        return config.InKerasOrder(
            GetType(), "name", "learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
            "ema_overwrite_frequency", "loss_scale_factor", "gradient_accumulation_steps");
    }

    /// <summary>The loss times <see cref="LossScaleFactor"/>, to be differentiated instead of it.</summary>
    public Tensor ScaleLoss(Tensor loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return LossScaleFactor is { } factor ? loss * factor : loss;
    }

    /// <summary>Ends training: with <see cref="UseEma"/> the variables take the values of their averages.</summary>
    /// <param name="variables">The variables that were trained.</param>
    /// <exception cref="ArgumentException">The optimizer was built with other variables.</exception>
    public void FinalizeVariables(IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (averages is null)
            return;
        foreach (var variable in variables)
            variable.Assign(averages[IndexOf(variable)]);
    }

    /// <summary>Keeps variables from weight decay. Call it before the first step.</summary>
    /// <param name="variables">The variables themselves.</param>
    /// <param name="names">Regular expressions; variables whose name one of them matches, such as <c>bias</c>.</param>
    /// <exception cref="InvalidOperationException">The optimizer is built already.</exception>
    public void ExcludeFromWeightDecay(IReadOnlyList<Variable>? variables = null, IReadOnlyList<string>? names = null)
    {
        if (Built)
            throw new InvalidOperationException(
                "ExcludeFromWeightDecay can only be configured before the optimizer is built. Hint: call it before training.");
        undecayed = variables is null ? [] : [.. variables];
        undecayedNames = names is null ? [] : [.. names];
    }

    private void AddLearningRate(double value)
    {
        learningRate = new HostScalar(value, DType.Float32, "learning_rate", $"{Name}/learning_rate");
        variables.Insert(1, learningRate.Variable);
    }
}
