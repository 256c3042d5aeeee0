using System.Text.Json;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>What devices have measured before, a file for each choice under <c>GPUKERAS_CACHE/tuning</c>, for people to read.</summary>
/// <remarks>
/// The name of a file ends with a hash of all that its contents depend on, the candidates among it: a version of this library with
/// others finds nothing. Files are replaced as a whole, so several processes may write.
/// </remarks>
/// <param name="folder">Where the files are; made when it is first written.</param>
/// <param name="report">Takes what is wrong with a file.</param>
internal sealed class TuningCache(string folder, Action<string> report)
{
    private const int HashLength = 16;

    /// <summary>The candidate that is kept for a computation; null if there is none, or a damaged one.</summary>
    public int? Read<TTunable>(string device, in TTunable tunable)
        where TTunable : struct, ITunable
    {
        var path = PathOf(device, tunable);
        try
        {
            if (!File.Exists(path))
                return null;
            var chosen = TuningResult.Parse(File.ReadAllBytes(path)).Chosen;
            for (var i = 0; i < TTunable.Candidates.Count; i++)
            {
                if (TTunable.Candidates[i] == chosen)
                    return i;
            }
            report($"'{path}' counts as absent: 'chosen' must be a candidate; got '{chosen}'");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            report($"'{path}' counts as absent: {exception.Message}");
        }
        return null;
    }

    /// <summary>Keeps what was measured. A folder that cannot be written is no error: it is measured again.</summary>
    public void Write<TTunable>(string device, in TTunable tunable, TuningResult result)
        where TTunable : struct, ITunable
    {
        var path = PathOf(device, tunable);
        try
        {
            Directory.CreateDirectory(folder);
            WholeFile.Write(path, result.ToJson());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            report($"'{path}' is not kept: {exception.Message}");
        }
    }

    /// <summary>The file of a computation.</summary>
    internal string PathOf<TTunable>(string device, in TTunable tunable)
        where TTunable : struct, ITunable
    {
        var sizes = tunable.Key.ToString();
        var hash = KernelCache.Key([device, TTunable.Family, tunable.Layout, sizes, .. TTunable.Candidates]);
        return Path.Combine(folder, $"{TTunable.Family}-{sizes}-{hash[..HashLength]}.json");
    }
}
