namespace GpuKeras.Compilation;

/// <summary>Something that may exist as long as it is not used.</summary>
/// <param name="problem">What is said when it is used.</param>
internal sealed class UnusableValue(string problem) : StackValue
{
    public string Problem { get; } = problem;
}
