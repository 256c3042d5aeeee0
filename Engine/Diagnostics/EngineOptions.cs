using System.Globalization;

namespace GpuKeras;

/// <summary>Every environment variable that the engine reads. docs/environment.md lists them.</summary>
public static class EngineOptions
{
    /// <summary><c>GPUKERAS_DEVICE</c>: the device to use unless a program names one; <c>auto</c> by default.</summary>
    public static string Device { get; } = Read("GPUKERAS_DEVICE") ?? "auto";

    /// <summary><c>GPUKERAS_THREADS</c>: how many host threads the CPU device uses; one per logical core by default.</summary>
    public static int Threads { get; } = ReadInteger("GPUKERAS_THREADS", Environment.ProcessorCount, 1, 1024);

    /// <summary>
    /// <c>GPUKERAS_WINOGRAD</c>: whether the CPU computes 3 × 3 convolutions by minimal filtering; 0 gives the sums of other devices.
    /// </summary>
    public static bool Winograd { get; } = ReadInteger("GPUKERAS_WINOGRAD", 1, 0, 1) == 1;

    /// <summary>
    /// <c>GPUKERAS_DEBUG</c>: how much to say on standard error. 0 nothing (default), 1 the device in use, 2 each kernel launch
    /// with its time (waiting for it), 3 its geometry too, 4 the source of each kernel that is compiled, 5 its PTX.
    /// </summary>
    public static int Debug { get; } = ReadInteger("GPUKERAS_DEBUG", 0, 0, 5);

    /// <summary><c>GPUKERAS_SYNC</c>: whether each launch is waited for, so that an error names the launch that caused it.</summary>
    public static bool Synchronous { get; } = ReadInteger("GPUKERAS_SYNC", 0, 0, 1) == 1;

    /// <summary>
    /// <c>GPUKERAS_VALIDATE</c>: whether each kernel of a device is repeated on the CPU and the results compared; very slow.
    /// </summary>
    public static bool Validate { get; } = ReadInteger("GPUKERAS_VALIDATE", 0, 0, 1) == 1;

    /// <summary><c>GPUKERAS_OPENCL</c>: the OpenCL library to load instead of the one in the usual places.</summary>
    public static string? OpenClLibrary { get; } = Read("GPUKERAS_OPENCL");

    /// <summary><c>GPUKERAS_CUDA</c>: the CUDA driver library to load instead of the one in the usual places.</summary>
    public static string? CudaLibrary { get; } = Read("GPUKERAS_CUDA");

    /// <summary>
    /// <c>GPUKERAS_CACHE</c>: the folder that keeps compiled kernels and tuning results; <c>gpukeras</c> in the user's cache folder
    /// by default.
    /// </summary>
    public static string CacheFolder { get; } = Read("GPUKERAS_CACHE") ?? Path.Combine(UserCacheFolder(), "gpukeras");

    /// <summary>
    /// <c>GPUKERAS_PROFILE</c>: <c>cpu</c> or <c>gpu</c> makes kernels choose the variant for that kind of device on every OpenCL
    /// device; <c>least-gpu</c> that for a GPU with no more than any must have. By default each device gets its own.
    /// </summary>
    public static string? Profile { get; } = ReadChoice("GPUKERAS_PROFILE", "cpu", "gpu", "least-gpu");

    /// <summary>
    /// <c>GPUKERAS_TUNE</c>: when a device measures which way to compute a matrix product or a convolution is the fastest. <c>kept</c>
    /// (default): never, but what it measured before is used; <c>on</c>: where nothing is kept; <c>again</c>: once in each process;
    /// <c>off</c>: never, and nothing that is kept is used.
    /// </summary>
    public static string Tune { get; } = ReadChoice("GPUKERAS_TUNE", "off", "kept", "on", "again") ?? "kept";

    /// <summary>
    /// <c>GPUKERAS_DUMP</c>: a folder that gets the source of each kernel that is compiled, and a report on one at which the compiler
    /// fails; none by default.
    /// </summary>
    public static string? DumpFolder { get; } = Read("GPUKERAS_DUMP");

    /// <summary><c>GPUKERAS_PLUGINS</c>: assemblies that add devices, separated as in <c>PATH</c>; none by default.</summary>
    public static IReadOnlyList<string> Plugins { get; } =
        (Read("GPUKERAS_PLUGINS") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// <c>GPUKERAS_DATA</c>: the folder that holds data sets, such as <c>mnist</c>; the copies that come with the library by
    /// default.
    /// </summary>
    public static string? DataFolder { get; } = Read("GPUKERAS_DATA");

    private static string? Read(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string UserCacheFolder() =>
        Read("XDG_CACHE_HOME") is { } folder ? folder
        : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static string? ReadChoice(string name, params ReadOnlySpan<string> choices)
    {
        if (Read(name) is not { } text || choices.Contains(text))
            return Read(name);
        throw new ArgumentException($"{name}: must be one of {string.Join(", ", choices!)}; got '{text}'");
    }

    private static int ReadInteger(string name, int otherwise, int minimum, int maximum)
    {
        if (Read(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
            return value;
        throw new ArgumentException($"{name}: must be an integer from {minimum} to {maximum}; got '{text}'");
    }
}
