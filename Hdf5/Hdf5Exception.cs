using GpuKeras.Saving;

namespace GpuKeras.Hdf5;

/// <summary>An HDF5 file is damaged, contradicts itself, exceeds a limit, or uses a part of the format that is not read.</summary>
public sealed class Hdf5Exception : FileFormatException
{
    /// <summary>Says where in the file the problem is.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="position">The byte of the file at which the problem was seen.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="hint">The remedy, if there is one worth naming.</param>
    /// <param name="innerException">The error that showed it, if any.</param>
    public Hdf5Exception(string fileName, long position, string problem, string? hint = null, Exception? innerException = null)
        : base(fileName, $"{problem} (HDF5, byte {position})", hint, innerException) => Position = position;

    /// <summary>The byte of the file at which the problem was seen.</summary>
    public long Position { get; }
}
