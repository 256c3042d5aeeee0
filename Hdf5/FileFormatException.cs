namespace GpuKeras.Saving;

/// <summary>A file is not what its name promises: truncated, corrupt, or written in a way that is not supported.</summary>
/// <remarks>It lies in the lowest room that reads files, so that every reader's errors are of this type.</remarks>
public class FileFormatException : IOException
{
    /// <summary>Says which file, what is wrong with it, and the remedy.</summary>
    /// <param name="fileName">The file, with the entry inside it if it is an archive.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="hint">The remedy, if there is one worth naming.</param>
    /// <param name="innerException">The error that showed it, if any.</param>
    public FileFormatException(string fileName, string problem, string? hint = null, Exception? innerException = null)
        : base(hint is null ? $"'{fileName}': {problem}." : $"'{fileName}': {problem}. Hint: {hint}.", innerException) => FileName = fileName;

    /// <summary>The file, with the entry inside it if it is an archive.</summary>
    public string FileName { get; }
}
