using System.Text.RegularExpressions;

namespace GpuKeras.Optimizers;

// The variables that an optimizer serves, and the slots that it keeps for them.
public abstract partial class Optimizer
{
    private Variable[] undecayed = [];
    private string[] undecayedNames = [];
    private bool[] decays = [];

    /// <summary>Makes the slots for these variables; the first <see cref="ApplyGradients"/> does it otherwise.</summary>
    /// <param name="variables">The variables to train.</param>
    /// <exception cref="DTypeException">A variable is not of a floating-point dtype.</exception>
    public void Build(IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(variables);
        if (Built)
            return;
        foreach (var variable in variables)
            if (!variable.DType.IsFloatingPoint())
                throw new DTypeException(
                    $"optimizer '{Name}'", "only variables of a floating-point dtype can be trained", $"{variable.Path} {variable.DType.KerasName()}");
        using var outsideScopes = TensorScope.Suspend();
        using var outsideTapes = GradientTape.StopAll();
        trained = [.. variables];
        for (var i = 0; i < trained.Length; i++)
            indices[trained[i]] = i;
        decays = Array.ConvertAll(trained, IsDecayed);
        if (UseEma)
            averages = AddSlots(trained, "average");
        if (GradientAccumulationSteps is not null)
            accumulators = AddSlots(trained, "gradient_accumulator");
        CreateSlots(trained);
        Built = true;
    }

    /// <summary>Makes the slots of the algorithm, with <see cref="AddSlots"/>.</summary>
    /// <param name="variables">The variables that the optimizer will serve.</param>
    protected virtual void CreateSlots(IReadOnlyList<Variable> variables)
    {
    }

    /// <summary>The updates of this step by fused kernels; they run together after the last <see cref="UpdateStep"/>.</summary>
    private protected FusedUpdates Fused { get; } = new();

    /// <summary>Changes one variable by its gradient.</summary>
    protected abstract void UpdateStep(in VariableUpdate update);

    /// <summary>Called before the updates of a step, for state that is common to all variables.</summary>
    protected virtual void BeginStep()
    {
    }

    /// <summary>The weight decay of a variable, if it is not excluded from it.</summary>
    protected virtual double WeightDecayOf(Variable variable) => WeightDecay ?? 0;

    /// <summary>A slot for each variable, of its shape and dtype.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="name">The slot's name, such as <c>momentum</c>.</param>
    /// <param name="initialValue">The first value of every element.</param>
    protected Variable[] AddSlots(IReadOnlyList<Variable> variables, string name, double initialValue = 0)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var slots = new Variable[variables.Count];
        for (var i = 0; i < slots.Length; i++)
            slots[i] = AddSlot(variables[i], name, initialValue);
        return slots;
    }

    /// <summary>Two slots for each variable, of its shape and dtype; those of one variable follow each other in <see cref="Variables"/>.</summary>
    /// <param name="variables">The variables.</param>
    /// <param name="first">The first slot's name.</param>
    /// <param name="second">The second slot's name.</param>
    /// <param name="initialFirst">The first value of every element of the first slot; the second starts at 0.</param>
    protected (Variable[] First, Variable[] Second) AddSlotPairs(
        IReadOnlyList<Variable> variables, string first, string second, double initialFirst = 0)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var (firsts, seconds) = (new Variable[variables.Count], new Variable[variables.Count]);
        for (var i = 0; i < firsts.Length; i++)
            (firsts[i], seconds[i]) = (AddSlot(variables[i], first, initialFirst), AddSlot(variables[i], second));
        return (firsts, seconds);
    }

    /// <summary>A slot for one variable, of its shape and dtype.</summary>
    protected Variable AddSlot(Variable variable, string name, double initialValue = 0)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return AddVariable(variable.Shape, variable.DType, variable.Device, $"{variable.Path.Replace('/', '_')}_{name}", initialValue);
    }

    /// <summary>A variable of the optimizer's state.</summary>
    private protected Variable AddVariable(in Shape shape, DType dtype, Device device, string name, double initialValue = 0)
    {
        using var outsideScopes = TensorScope.Suspend();
        using var initial = Tensor.Empty(shape, dtype, device);
        initial.FillWith(initialValue);
        var slot = new Variable(initial, trainable: false, name) { Path = $"{Name}/{name}" };
        variables.Add(slot);
        return slot;
    }

    /// <summary>A number of the optimizer's state that changes once a step.</summary>
    private protected HostScalar AddScalar(double value, DType dtype, string name, string path)
    {
        var scalar = new HostScalar(value, dtype, name, path);
        variables.Add(scalar.Variable);
        return scalar;
    }

    /// <summary>The number of a variable in the list that the optimizer was built with.</summary>
    /// <exception cref="ArgumentException">The optimizer does not know the variable.</exception>
    private int IndexOf(Variable variable) => indices.TryGetValue(variable, out var index)
        ? index
        : throw new ArgumentException(
            $"Unknown variable: {variable.Path} {variable.Shape}. Optimizer '{Name}' can only be called for the variables it was originally built " +
            "with. Hint: when working with a new set of variables, create a new optimizer.");

    private bool IsDecayed(Variable variable)
    {
        foreach (var excluded in undecayed)
            if (ReferenceEquals(excluded, variable))
                return false;
        foreach (var pattern in undecayedNames)
            if (Regex.IsMatch(variable.Name, pattern))
                return false;
        return true;
    }
}
