using System.Runtime.InteropServices;

namespace GpuKeras.Perf.Peers;

/// <summary>A build of OpenBLAS, loaded from its shared library.</summary>
internal sealed unsafe partial class OpenBlas
{
    private const string FileName = "libopenblas.so.0";
    private const int RowMajor = 101;

    private readonly delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void> sgemm;
    private readonly delegate* unmanaged[Cdecl]<int, void> setThreads;

    private OpenBlas(nint library)
    {
        sgemm = (delegate* unmanaged[Cdecl]<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)
            NativeLibrary.GetExport(library, "cblas_sgemm");
        setThreads = (delegate* unmanaged[Cdecl]<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads");
        Core = Text(library, "openblas_get_corename");
        Config = Text(library, "openblas_get_config");
    }

    /// <summary>The processor that the library takes this one for.</summary>
    public string Core { get; }

    /// <summary>Its version and how it was built.</summary>
    public string Config { get; }

    /// <summary>
    /// The builds on this machine: the distributions keep one on OpenMP threads and one on threads of its own, and which is faster
    /// depends on the shape.
    /// </summary>
    /// <param name="limit">How many to load, at most.</param>
    public static IReadOnlyList<OpenBlas> Load(int limit)
    {
        // Where these are set, often for another machine, they halve the library's speed. It reads them when it is loaded.
        Unset("OPENBLAS_CORETYPE");
        Unset("OPENBLAS_L2_SIZE");
        // Its own threads would go on spinning for 100 ms, into the other side's turn; with this for 2²⁰ cycles, which is still far
        // longer than the pause between two calls.
        Set("OPENBLAS_THREAD_TIMEOUT", "20");
        var found = new List<OpenBlas>();
        foreach (var path in Candidates().Take(limit))
            if (NativeLibrary.TryLoad(path, out var library))
                found.Add(new OpenBlas(library));
        if (found.Count == 0 && NativeLibrary.TryLoad(FileName, out var preferred))
            found.Add(new OpenBlas(preferred));
        return found;
    }

    /// <summary>How many threads the next calls of this thread use.</summary>
    public void SetThreads(int count) => setThreads(count);

    /// <summary>C = op(A) · op(B), all row-major.</summary>
    public void Multiply(bool transposeA, bool transposeB, int m, int n, int k, float* a, float* b, float* c) =>
        sgemm(RowMajor, Flag(transposeA), Flag(transposeB), m, n, k, 1, a, transposeA ? m : k, b, transposeB ? k : n, 0, c, n);

    private static int Flag(bool transpose) => transpose ? 112 : 111;

    private static IEnumerable<string> Candidates()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/usr/lib"))
            return [];
        return Directory.GetDirectories("/usr/lib", "*-linux-gnu")
            .SelectMany(static folder => new[] { "openblas-openmp", "openblas-pthread" }.Select(build => Path.Combine(folder, build, FileName)))
            .Where(File.Exists);
    }

    private static string Text(nint library, string function) =>
        Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)NativeLibrary.GetExport(library, function))())?.Trim() ?? "";

    // .NET's own calls change a copy of the environment that native code does not see.
    private static void Set(string variable, string value)
    {
        if (OperatingSystem.IsLinux())
            _ = SetNative(variable, value, overwrite: 1);
    }

    private static void Unset(string variable)
    {
        if (OperatingSystem.IsLinux())
            _ = UnsetNative(variable);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string variable, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnsetNative(string variable);
}
