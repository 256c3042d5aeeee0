using System.Text.RegularExpressions;
using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Momentum made orthogonal, for matrices; Adam with weight decay for all other variables. Jordan et al. 2024.</summary>
/// <remarks>
/// m = momentum · m + g; five Newton-Schulz steps bring m (with Nesterov's form g + momentum · m) near the nearest orthogonal matrix O;
/// w −= learningRate · O · √max(rows, columns) · rmsRate. Embeddings, biases and what <c>excludeLayers</c> names go to Adam.
/// </remarks>
[KerasKeys(
    "adam_beta_1", "adam_beta_2", "epsilon", "exclude_layers", "muon_a", "muon_b", "muon_c", "adam_lr_ratio", "momentum", "ns_steps",
    "nesterov", "exclude_embeddings", "adam_weight_decay")]
public sealed class Muon : Optimizer
{
    private Variable[] momentums = [];
    private Variable?[] velocities = [];

    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="adamBeta1">Adam's memory of gradients.</param>
    /// <param name="adamBeta2">Adam's memory of squares.</param>
    /// <param name="adamWeightDecay">The weight decay of Adam's variables; null for none.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    /// <param name="weightDecay">The weight decay of the matrices; null for none.</param>
    /// <param name="excludeLayers">Regular expressions for paths of variables that go to Adam.</param>
    /// <param name="excludeEmbeddings">Whether embeddings go to Adam.</param>
    /// <param name="muonA">The first coefficient of a Newton-Schulz step.</param>
    /// <param name="muonB">The second coefficient of a Newton-Schulz step.</param>
    /// <param name="muonC">The third coefficient of a Newton-Schulz step.</param>
    /// <param name="adamLrRatio">Adam's learning rate relative to the matrices'.</param>
    /// <param name="momentum">How much of the momentum stays at each step.</param>
    /// <param name="nsSteps">How many Newton-Schulz steps are taken.</param>
    /// <param name="nesterov">Whether to look ahead by Nesterov's form.</param>
    /// <param name="rmsRate">The root mean square of a step at learning rate 1; null leaves the orthogonal matrix as it is.</param>
    public Muon(
        LearningRate? learningRate = null,
        [ConfigKey("adam_beta_1")] double adamBeta1 = 0.9,
        [ConfigKey("adam_beta_2")] double adamBeta2 = 0.999,
        double? adamWeightDecay = 0.004,
        double epsilon = 1e-7,
        double? weightDecay = 0.004,
        IReadOnlyList<string>? excludeLayers = null,
        bool excludeEmbeddings = true,
        double muonA = 3.4445,
        double muonB = -4.7750,
        double muonC = 2.0315,
        double adamLrRatio = 1,
        double momentum = 0.95,
        int nsSteps = 5,
        bool nesterov = true,
        double? rmsRate = 0.2,
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
        AdamBeta1 = adamBeta1;
        AdamBeta2 = adamBeta2;
        AdamWeightDecay = adamWeightDecay;
        Epsilon = epsilon;
        ExcludeLayers = excludeLayers ?? [];
        ExcludeEmbeddings = excludeEmbeddings;
        MuonA = muonA;
        MuonB = muonB;
        MuonC = muonC;
        AdamLrRatio = adamLrRatio;
        Momentum = momentum;
        NsSteps = nsSteps;
        Nesterov = nesterov;
        RmsRate = rmsRate;
    }

    /// <summary>Adam's memory of gradients.</summary>
    public double AdamBeta1 { get; }

    /// <summary>Adam's memory of squares.</summary>
    public double AdamBeta2 { get; }

    /// <summary>The weight decay of Adam's variables; null for none.</summary>
    public double? AdamWeightDecay { get; }

    /// <summary>A small number that keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>Regular expressions for paths of variables that go to Adam.</summary>
    public IReadOnlyList<string> ExcludeLayers { get; }

    /// <summary>Whether embeddings go to Adam.</summary>
    public bool ExcludeEmbeddings { get; }

    /// <summary>The first coefficient of a Newton-Schulz step.</summary>
    public double MuonA { get; }

    /// <summary>The second coefficient of a Newton-Schulz step.</summary>
    public double MuonB { get; }

    /// <summary>The third coefficient of a Newton-Schulz step.</summary>
    public double MuonC { get; }

    /// <summary>Adam's learning rate relative to the matrices'.</summary>
    public double AdamLrRatio { get; }

    /// <summary>How much of the momentum stays at each step.</summary>
    public double Momentum { get; }

    /// <summary>How many Newton-Schulz steps are taken.</summary>
    public int NsSteps { get; }

    /// <summary>Whether to look ahead by Nesterov's form.</summary>
    public bool Nesterov { get; }

    /// <summary>The root mean square of a step at learning rate 1; null leaves the orthogonal matrix as it is.</summary>
    public double? RmsRate { get; }

    /// <inheritdoc/>
    protected override void CreateSlots(IReadOnlyList<Variable> variables)
    {
        (momentums, velocities) = (new Variable[variables.Count], new Variable?[variables.Count]);
        for (var i = 0; i < variables.Count; i++)
        {
            momentums[i] = AddSlot(variables[i], "momentum");
            velocities[i] = IsForAdam(variables[i]) ? AddSlot(variables[i], "velocity") : null;
        }
    }

    /// <inheritdoc/>
    protected override double WeightDecayOf(Variable variable) => (IsForAdam(variable) ? AdamWeightDecay : WeightDecay) ?? 0;

    /// <inheritdoc/>
    protected override void UpdateStep(in VariableUpdate update)
    {
        var (w, g, m) = (update.Variable, update.Gradient, momentums[update.Index]);
        if (velocities[update.Index] is { } velocity)
        {
            var step = Iterations + 1;
            var rate = update.LearningRate * AdamLrRatio;
            var alpha = rate * Math.Sqrt(1 - Math.Pow(AdamBeta2, step)) / (1 - Math.Pow(AdamBeta1, step));
            Fused.Adam(w, g, m, velocity, null, alpha, AdamBeta1, AdamBeta2, Epsilon, update.WeightDecay);
            return;
        }
        m.Assign(m * Momentum + g);
        var direction = Orthogonalize(Nesterov ? g + m * Momentum : m);
        var size = RmsRate is { } rms ? Math.Sqrt(Math.Max(w.Shape[0], w.Shape[1])) * rms : 1;
        w.Assign(w * (1 - update.WeightDecay) - direction * (update.LearningRate * size));
    }

    private bool IsForAdam(Variable variable) =>
        variable.Rank != 2
        || (ExcludeEmbeddings && variable.Path.Contains("embedding", StringComparison.OrdinalIgnoreCase))
        || ExcludeLayers.Any(pattern => Regex.IsMatch(variable.Path, pattern));

    // A polynomial in X·Xᵀ that drives all singular values towards 1; cheaper for the wide form.
    private Tensor Orthogonalize(Tensor matrix)
    {
        var isTall = matrix.Shape[0] > matrix.Shape[1];
        var x = isTall ? matrix.Transpose() : matrix;
        x /= x.Square().Sum().Sqrt() + 1e-7;
        for (var i = 0; i < NsSteps; i++)
        {
            var a = x.MatMul(x, transposeB: true);
            var b = a * MuonB + a.MatMul(a) * MuonC;
            x = x * MuonA + b.MatMul(x);
        }
        return isTall ? x.Transpose() : x;
    }
}
