namespace GpuKeras.Saving;

/// <summary>One object in Keras' tree of weights: a layer or an optimizer.</summary>
/// <param name="Path">Where its group is, such as <c>layers/dense</c>; empty for the model itself.</param>
/// <param name="Owner">The object; null for one that only Keras has.</param>
/// <param name="Name">The object's own name, which is kept beside the variables.</param>
/// <param name="Variables">Its own variables, those made to be trained first; the n-th is called <c>n</c> in the file.</param>
internal sealed record SavedNode(string Path, object? Owner, string Name, IReadOnlyList<Variable> Variables)
{
    /// <summary>The path of the group with the variables.</summary>
    public string VariablesPath => Path.Length == 0 ? "vars" : Path + "/vars";

    /// <summary>The path of a variable.</summary>
    public string VariablePath(int index) => $"{VariablesPath}/{index}";
}
