namespace GpuKeras.Cli;

/// <summary>What the process returns, and how errors are told.</summary>
internal static class ExitCodes
{
    public const int Success = 0;
    public const int Failure = 1;

    /// <summary>128 + SIGINT, as shells expect of a program that was interrupted.</summary>
    public const int Interrupted = 130;

    /// <summary>Runs a command; an expected error becomes one line on standard error.</summary>
    public static int Guard(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return Failure;
        }
    }

    private static bool IsExpected(Exception exception) =>
        exception is ArgumentException or InvalidOperationException or IOException or UnauthorizedAccessException
            or DeviceException or InvalidDataException or NotSupportedException;
}
