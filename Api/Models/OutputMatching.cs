namespace GpuKeras;

/// <summary>Brings targets or weights into the order of a model's outputs.</summary>
internal static class OutputMatching
{
    /// <summary>The tensor for each output; null where a dictionary has none.</summary>
    /// <param name="what">What the tensors are, for errors.</param>
    /// <param name="given">What the user gave.</param>
    /// <param name="outputs">The model's outputs.</param>
    /// <param name="outputNames">Their names.</param>
    /// <param name="needed">How many outputs need one.</param>
    public static Tensor?[] Order(string what, TensorStructure given, TensorStructure outputs, IReadOnlyList<string> outputNames, int needed)
    {
        var ordered = new Tensor?[outputs.Count];
        if (given.Names is null)
        {
            if (given.IsSingle && given.Count < outputs.Count && needed <= 1)
                return [.. Enumerable.Repeat(given[0], outputs.Count)];
            if (given.Count != outputs.Count)
                throw new ArgumentException($"{what}: the model has {outputs.Count} outputs ({string.Join(", ", outputNames)}); got {given}");
            for (var i = 0; i < ordered.Length; i++)
                ordered[i] = given[i];
            return ordered;
        }
        foreach (var name in given.Names)
            if (!outputNames.Contains(name))
                throw new ArgumentException($"{what}: '{name}' is no output of the model. Hint: its outputs are {string.Join(", ", outputNames)}.");
        for (var i = 0; i < ordered.Length; i++)
            ordered[i] = given.TryGet(outputNames[i], out var tensor) ? tensor : null;
        return ordered;
    }
}
