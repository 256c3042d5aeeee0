namespace GpuKeras.Callbacks;

/// <summary>Where callbacks say that something is probably not meant: the error stream, as Python's warnings.</summary>
internal static class Warnings
{
    public static void Write(string message) => Console.Error.WriteLine($"warning: {message}");
}
