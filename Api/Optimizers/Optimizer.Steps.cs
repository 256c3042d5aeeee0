using GpuKeras.Constraints;

namespace GpuKeras.Optimizers;

// One step: unscale, accumulate, clip, decay and update, average, constrain, count.
public abstract partial class Optimizer
{
    // Filled anew by each step, so that a steady step allocates no lists.
    private readonly List<Tensor> gradients = [];
    private readonly List<int> updated = [];
    private bool warnedOfMissing;

    /// <summary>Updates each variable by its gradient, in Keras' order: unscale, accumulate, clip, decay, step, average, constrain.</summary>
    /// <param name="gradients">A gradient for each variable, of its shape; null leaves the variable as it is.</param>
    /// <param name="variables">The variables; the same ones each time, or some of them.</param>
    /// <exception cref="ArgumentException">The counts differ, all gradients are null, or a variable is not one of the first call's.</exception>
    /// <exception cref="ShapeException">A gradient has not its variable's shape.</exception>
    public void ApplyGradients(IReadOnlyList<Tensor?> gradients, IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(gradients);
        ArgumentNullException.ThrowIfNull(variables);
        if (gradients.Count != variables.Count)
            throw new ArgumentException(
                $"ApplyGradients: needs a gradient for each variable; got {gradients.Count} gradients, {variables.Count} variables");
        if (variables.Count == 0)
            return;
        Build(variables);
        using var outsideTapes = GradientTape.StopAll();
        using var scope = new TensorScope();
        try
        {
            Collect(gradients, variables);
            Unscale();
            if (Accumulate())
                Update();
            Average();
            Constrain();
        }
        finally
        {
            Fused.Clear();
            this.gradients.Clear();
            updated.Clear();
        }
        iteration.Value = Steps + 1;
    }

    private void Collect(IReadOnlyList<Tensor?> given, IReadOnlyList<Variable> variables)
    {
        for (var i = 0; i < given.Count; i++)
        {
            var index = IndexOf(variables[i]);
            if (given[i] is not { } gradient)
                continue;
            if (gradient.Shape != variables[i].Shape)
                throw new ShapeException(
                    "ApplyGradients", "a gradient has its variable's shape", $"{variables[i].Path} {variables[i].Shape}, gradient {gradient.Shape}");
            if (gradient.Device != variables[i].Device)
                throw new DeviceException(
                    $"ApplyGradients: a gradient must be on its variable's device; got {variables[i].Path} on {variables[i].Device.Name}, " +
                    $"gradient on {gradient.Device.Name}. Hint: tensor.To(device) moves one.");
            gradients.Add(gradient.DType == variables[i].DType ? gradient : gradient.Cast(variables[i].DType));
            updated.Add(index);
        }
        if (gradients.Count == 0)
            throw new ArgumentException(
                "No gradients provided for any variable. Hint: does the loss depend on them, and was it computed under the tape?");
        if (gradients.Count < given.Count && !warnedOfMissing)
            WarnOfMissing(given, variables);
    }

    private void WarnOfMissing(IReadOnlyList<Tensor?> given, IReadOnlyList<Variable> variables)
    {
        warnedOfMissing = true;
        var missing = Enumerable.Range(0, given.Count).Where(i => given[i] is null).Select(i => variables[i].Path);
        Console.Error.WriteLine(
            $"warning: Gradients do not exist for variables [{string.Join(", ", missing)}] when minimizing the loss. " +
            "If using `model.Compile()`, did you forget to provide a `loss` argument?");
    }

    private void Unscale()
    {
        if (LossScaleFactor is not { } scale)
            return;
        for (var i = 0; i < gradients.Count; i++)
            gradients[i] /= scale;
    }

    /// <summary>Adds the gradients up; when there are enough, replaces them by their mean.</summary>
    /// <returns>Whether it is time for an update.</returns>
    private bool Accumulate()
    {
        if (accumulators is null || GradientAccumulationSteps is not { } count)
            return true;
        var isDue = (Steps + 1) % count == 0;
        for (var i = 0; i < gradients.Count; i++)
        {
            var accumulator = accumulators[updated[i]];
            if (isDue)
                gradients[i] = (gradients[i] + accumulator) / count;
            else
                accumulator.AssignAdd(gradients[i]);
        }
        if (isDue)
            foreach (var accumulator in accumulators)
            {
                accumulator.FillWith(0);
                accumulator.MarkChanged();
            }
        return isDue;
    }

    private void Update()
    {
        GradientClipping.Apply(gradients, Clipnorm, GlobalClipnorm, Clipvalue);
        BeginStep();
        var rate = LearningRate;
        for (var i = 0; i < gradients.Count; i++)
        {
            // A variable that is given twice: its first update must be done before its second.
            if (updated.IndexOf(updated[i]) < i)
                Fused.Run();
            var variable = trained[updated[i]];
            var decay = decays[updated[i]] ? WeightDecayOf(variable) * rate : 0;
            UpdateStep(new VariableUpdate(updated[i], variable, gradients[i], rate, decay));
        }
        Fused.Run();
    }

    private void Average()
    {
        if (averages is null)
            return;
        var momentum = Iterations == 0 ? 0 : EmaMomentum;
        var overwrites = EmaOverwriteFrequency is { } frequency && (Iterations + 1) % frequency == 0;
        for (var i = 0; i < trained.Length; i++)
        {
            FusedUpdates.MovingAverage(averages[i], trained[i], momentum);
            if (overwrites)
                trained[i].Assign(averages[i]);
        }
    }

    private void Constrain()
    {
        foreach (var index in updated)
            if (trained[index].Constraint is { } constraint)
                trained[index].Assign(constraint.Project(trained[index]));
    }
}
