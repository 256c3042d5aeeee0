using System.Collections.Frozen;
using GpuKeras.Callbacks;
using GpuKeras.Optimizers;

namespace GpuKeras.Saving;

/// <summary>Finds the place of an optimizer's state in an older file.</summary>
/// <remarks>
/// Keras 3 wrote its variables in order. TensorFlow's Keras 2 had other names and orders: there a slot, such as Adam's <c>m</c>, is told by
/// its name, and the variables of a slot have the order of the model's. As in Keras, state that does not fit is left out with a warning.
/// </remarks>
internal static class LegacyOptimizerState
{
    private const string Iteration = "iteration";

    // Before 2.11 it was no variable: the configuration says it.
    private const string LearningRate = "learning_rate";

    // Keras 2's names: of slots, before 2.11 and after, and of the count of steps.
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["accum_grad"] = "accumulated_grad",
        ["accum_var"] = "accumulated_delta_var",
        ["iter"] = Iteration,
        ["iterations"] = Iteration,
        ["m"] = "momentum",
        ["mg"] = "average_gradient",
        ["rms"] = "velocity",
        ["v"] = "velocity",
        ["vhat"] = "velocity_hat",
    }.ToFrozenDictionary();

    // Those whose slots mean the same in Keras 3.
    private static readonly FrozenSet<string> Known = FrozenSet.Create("SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta");

    /// <summary>The state for each variable of the model's optimizer, whose slots exist; empty if it does not fit.</summary>
    /// <param name="model">The model, which is compiled.</param>
    /// <param name="stored">The file's state in order.</param>
    /// <param name="prefix">What the names in the file begin with.</param>
    /// <param name="dialect">The program that wrote it.</param>
    public static List<(StoredWeight Stored, Variable Variable)> Match(
        Model model, IReadOnlyList<StoredWeight> stored, string prefix, LegacyDialect dialect)
    {
        var optimizer = model.Optimizer;
        optimizer.Build(model.TrainableVariables);
        List<(StoredWeight Stored, Variable Variable)> matched = dialect.IsKeras3
            ? [.. stored.Zip(optimizer.Variables)]
            : Known.Contains(optimizer.GetType().Name) ? BySlots(optimizer, stored, prefix) : [];
        var isWhole = dialect.IsKeras3
            ? stored.Count == optimizer.Variables.Count
            : matched.Count == optimizer.Variables.Count - (matched.Exists(static pair => pair.Variable.Name == LearningRate) ? 0 : 1);
        if (isWhole && matched.TrueForAll(static pair => pair.Stored.Shape == pair.Variable.Shape))
            return matched.ConvertAll(static pair => (pair.Stored.Narrowed(), pair.Variable));
        Warnings.Write(
            $"the state of optimizer '{optimizer.Name}' in the file does not fit: it has {stored.Count} arrays, {optimizer.Variables.Count} are wanted. " +
            "Training starts with a new state.");
        return [];
    }

    private static List<(StoredWeight Stored, Variable Variable)> BySlots(Optimizer optimizer, IReadOnlyList<StoredWeight> stored, string prefix)
    {
        var groups = new Dictionary<string, Queue<StoredWeight>>(StringComparer.Ordinal);
        foreach (var weight in stored)
        {
            var slot = SlotOf(weight.Name[prefix.Length..]);
            if (!groups.TryGetValue(slot, out var group))
                groups[slot] = group = new();
            group.Enqueue(weight);
        }
        var matched = new List<(StoredWeight, Variable)>();
        foreach (var variable in optimizer.Variables)
        {
            var group = variable.Name is Iteration or LearningRate
                ? groups.GetValueOrDefault(variable.Name)
                : groups.FirstOrDefault(group => variable.Name.EndsWith($"_{group.Key}", StringComparison.Ordinal)).Value;
            if (group is not null && group.TryDequeue(out var weight))
                matched.Add((weight, variable));
        }
        return matched;
    }

    // "Adam/dense/kernel/m:0", since 2.11 "Adam/m/dense/kernel:0"; "Adam/iter:0".
    private static string SlotOf(string name)
    {
        var parts = name.Split(':')[0].Split('/');
        var token = Names.ContainsKey(parts[^1]) || parts.Length < 3 ? parts[^1] : parts[1];
        return Names.GetValueOrDefault(token, token);
    }
}
