namespace GpuKeras.Saving;

/// <summary>A model's configuration cannot be used: it is malformed, or needs what this library or the program does not have.</summary>
public sealed class ModelConfigException : ArgumentException
{
    // A file that is for something else entirely would otherwise fill screens.
    private const int MaxListed = 50;

    internal ModelConfigException(IReadOnlyList<string> problems, Exception? innerException = null)
        : base(Describe(problems), innerException) => Problems = problems;

    internal ModelConfigException(string path, string problem, Exception? innerException = null)
        : this([$"{path}: {problem}"], innerException)
    {
    }

    /// <summary>What is wrong, all of it: each with the place in the configuration, such as <c>config.layers[3]</c>.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>The same problems, their places seen from further out.</summary>
    internal ModelConfigException Within(string path) => new([.. Problems.Select(problem => $"{path}.{problem}")], InnerException);

    private static string Describe(IReadOnlyList<string> problems)
    {
        var listed = string.Join("; ", problems.Take(MaxListed));
        var more = problems.Count > MaxListed ? $"; and {problems.Count - MaxListed} more" : "";
        return $"model configuration: {listed}{more}";
    }
}
