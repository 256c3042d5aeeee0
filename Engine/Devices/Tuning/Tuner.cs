using System.Globalization;
using GpuKeras.Kernels;

namespace GpuKeras;

/// <summary>Chooses between the ways to compute something on one device: by what is kept, or by trying them.</summary>
/// <param name="device">The device and its driver: what measured times depend on beside the computation.</param>
/// <param name="mode">When to measure.</param>
/// <param name="cache">What was measured before.</param>
/// <param name="clock">The time.</param>
/// <param name="tell">Takes a line for each choice.</param>
internal sealed class Tuner(string device, TuningMode mode, TuningCache cache, TimeProvider clock, Action<string> tell)
{
    private readonly Dictionary<(Type Tunable, TuningKey Key), int> choices = [];

    /// <summary>The tuner that <c>GPUKERAS_TUNE</c> asks for.</summary>
    /// <param name="name">The device's name.</param>
    /// <param name="platform">The device and its driver.</param>
    public static Tuner For(string name, string platform) => new(
        platform, Enum.Parse<TuningMode>(EngineOptions.Tune, ignoreCase: true),
        new TuningCache(Path.Combine(EngineOptions.CacheFolder, "tuning"), line => Say(1, name, line)), TimeProvider.System,
        line => Say(3, name, line));

    /// <summary>The candidate to use.</summary>
    /// <param name="tunable">The computation.</param>
    /// <param name="queue">Where it is tried.</param>
    public int Choose<TTunable>(in TTunable tunable, ITrialQueue queue)
        where TTunable : struct, ITunable
    {
        if (mode == TuningMode.Off)
            return 0;
        var key = (typeof(TTunable), tunable.Key);
        if (!choices.TryGetValue(key, out var choice))
            choices[key] = choice = Kept(tunable) ?? (mode == TuningMode.Kept ? 0 : Measured(tunable, queue));
        return choice;
    }

    private int? Kept<TTunable>(in TTunable tunable)
        where TTunable : struct, ITunable
    {
        if (mode == TuningMode.Again || cache.Read(device, tunable) is not { } choice)
            return null;
        tell($"{TTunable.Family} {tunable.Key}, {tunable.Layout}: {TTunable.Candidates[choice]}, as measured before");
        return choice;
    }

    private int Measured<TTunable>(TTunable tunable, ITrialQueue queue)
        where TTunable : struct, ITunable
    {
        var candidates = Enumerable.Range(0, TTunable.Candidates.Count).Where(candidate => tunable.Suits(candidate)).ToArray();
        if (candidates.Length < 2)
            return 0;
        var times = new TuningTrials(candidate => queue.Try(tunable, candidate), queue.Finish, clock).Measure(candidates);
        if (TuningTrials.Fastest(times) is not { } fastest)
            return 0;
        var (family, sizes, layout) = (TTunable.Family, tunable.Key.ToString(), tunable.Layout);
        var chosen = TTunable.Candidates[candidates[fastest]];
        var milliseconds = candidates.Zip(times).ToDictionary(
            static pair => TTunable.Candidates[pair.First], static pair => pair.Second is { } time ? Math.Round(time, 5) : (double?)null);
        cache.Write(device, tunable, new TuningResult(device, family, layout, sizes, chosen, milliseconds));
        var list = string.Join(", ", milliseconds.OrderBy(static pair => pair.Value ?? double.PositiveInfinity).Select(static pair =>
            string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {(pair.Value is { } time ? $"{time:F4} ms" : "refused")}")));
        tell($"{family} {sizes}, {layout}: {chosen}; {list}");
        return candidates[fastest];
    }

    private static void Say(int level, string name, string line)
    {
        if (EngineOptions.Debug >= level)
            Console.Error.WriteLine($"{name} tuning: {line}");
    }
}
