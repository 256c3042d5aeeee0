namespace GpuKeras;

/// <summary>Writes files of which a reader, also in another process, sees all or nothing.</summary>
internal static class WholeFile
{
    /// <summary>Writes a file under another name and moves it into place; nothing unfinished stays.</summary>
    /// <param name="path">The file.</param>
    /// <param name="first">Its contents.</param>
    /// <param name="second">What follows them.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second = default)
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var file = File.Create(unfinished))
            {
                file.Write(first);
                file.Write(second);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
