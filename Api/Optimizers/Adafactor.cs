using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adam without momentum that keeps only row and column averages of the squares. Shazeer and Stern 2018.</summary>
/// <remarks>
/// For a variable <c>[…, rows, columns]</c> the squares' average is r · c / mean(r); shorter ones keep all of it. The step is as
/// large as the variable times the relative step size, and its mean square is clipped.
/// </remarks>
public sealed class Adafactor : Optimizer
{
    private Variable[] rows = [];
    private Variable[] columns = [];
    private Variable[] velocities = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="beta2Decay">The exponent by which the averages' memory grows with the steps.</param>
    /// <param name="epsilon1">A small number added to the squared gradient.</param>
    /// <param name="epsilon2">The smallest size of a variable that a step is relative to.</param>
    /// <param name="clipThreshold">The largest root mean square of a step.</param>
    /// <param name="relativeStep">
    /// Kept for Keras' configurations, where it has no effect either: the learning rate falls at least with the root of the steps.
    /// </param>
    public Adafactor(
        LearningRate? learningRate = null,
        [ConfigKey("beta_2_decay")] double beta2Decay = -0.8,
        [ConfigKey("epsilon_1")] double epsilon1 = 1e-30,
        [ConfigKey("epsilon_2")] double epsilon2 = 1e-3,
        double clipThreshold = 1,
        bool relativeStep = true,
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
        : base(
            learningRate ?? 0.001, weightDecay, clipnorm, clipvalue, globalClipnorm,
            useEma, emaMomentum, emaOverwriteFrequency, lossScaleFactor, gradientAccumulationSteps, name)
    {
        Beta2Decay = beta2Decay;
        Epsilon1 = epsilon1;
        Epsilon2 = epsilon2;
        ClipThreshold = clipThreshold;
        RelativeStep = relativeStep;
    }

    /// <summary>The exponent by which the averages' memory grows with the steps.</summary>
    public double Beta2Decay { get; }

    /// <summary>A small number added to the squared gradient.</summary>
    public double Epsilon1 { get; }

    /// <summary>The smallest size of a variable that a step is relative to.</summary>
    public double Epsilon2 { get; }

    /// <summary>The largest root mean square of a step.</summary>
    public double ClipThreshold { get; }

    /// <summary>Kept for Keras' configurations; without effect there and here.</summary>
    public bool RelativeStep { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        (rows, columns, velocities) = (new Variable[variables.Count], new Variable[variables.Count], new Variable[variables.Count]);
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            if (variable.Rank < 2)
                // Keras keeps placeholders here, and saves them.
                (rows[i], columns[i]) = (AddPlaceholder(variable), AddPlaceholder(variable));
            else
                (rows[i], columns[i]) = (
                    AddVariable(variable.Shape.Remove(-1), variable.DType, variable.Device, variable.Name),
                    AddVariable(variable.Shape.Remove(-2), variable.DType, variable.Device, variable.Name));
            velocities[i] = AddSlot(variable, "velocity");
        }
    }

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var (w, g, step) = (update.Variable, update.Gradient, (double)(Iterations + 1));
        var (r, c, v) = (rows[update.Index], columns[update.Index], velocities[update.Index]);
        var relative = Math.Min(update.LearningRate, 1 / Math.Sqrt(step));
        var decayed = w * (1 - update.WeightDecay);
        var squares = g.Square() + Epsilon1;
        var memory = 1 - Math.Pow(step, Beta2Decay);
        if (w.Rank < 2)
        {
            FusedUpdates.MovingAverage(v, squares, memory);
        }
        else
        {
            FusedUpdates.MovingAverage(r, squares.Mean(-1), memory);
            FusedUpdates.MovingAverage(c, squares.Mean(-2), memory);
            v.Assign((r / r.Mean(-1, keepDims: true)).ExpandDims(-1) * c.ExpandDims(-2));
        }
        var direction = g / v.Sqrt();
        var clipped = direction / (RootMeanSquare(direction) / ClipThreshold).Maximum(1);
        w.Assign(decayed - clipped * (RootMeanSquare(decayed).Maximum(Epsilon2) * relative));
    }

    private static Tensor RootMeanSquare(Tensor x) => x.Square().Mean().Sqrt();

    private Variable AddPlaceholder(Variable variable) => AddScalar(0, DType.Int32, variable.Name, variable.Name).Variable;
}
