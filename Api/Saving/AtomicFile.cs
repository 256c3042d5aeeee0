namespace GpuKeras.Saving;

/// <summary>Writes whole files: a reader sees the old contents or the new ones, never a part.</summary>
internal static class AtomicFile
{
    private const int BufferBytes = 1 << 16;

    /// <summary>Writes to a temporary file in the same folder, flushes it to the disk and renames it.</summary>
    /// <exception cref="IOException">The folder is not there, the path is a folder, or the disk is full; nothing is left behind.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new IOException($"'{path}': cannot be written, because it is a folder. Hint: add a file name.");
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{path}': cannot be written, because there is no folder '{folder}'. Hint: create it first.");
        // In the same folder, because a rename is only atomic within one file system.
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = Create(temporary, path))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception exception)
        {
            File.Delete(temporary);
            if (IsTooLarge(exception))
                throw new IOException($"'{path}': the file is too large for its file system, or for what this user may write.", exception);
            throw;
        }
    }

    // So the runtime reports what the system calls EFBIG.
    private static bool IsTooLarge(Exception exception) => exception is ArgumentOutOfRangeException { ParamName: "value" } && exception.Source == "System.Private.CoreLib";

    private static FileStream Create(string temporary, string path)
    {
        try
        {
            return new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UnauthorizedAccessException($"'{path}': its folder may not be written to. Hint: choose another folder, or change its permissions.", denied);
        }
    }
}
