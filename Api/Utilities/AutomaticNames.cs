namespace GpuKeras.Utilities;

/// <summary>Automatic names, counted per session: <c>dense</c>, <c>dense_1</c>, … as in Keras.</summary>
internal static class AutomaticNames
{
    private static readonly Dictionary<string, int> Counters = [];

    public static string Next(string prefix)
    {
        lock (Counters)
        {
            var count = Counters.GetValueOrDefault(prefix);
            Counters[prefix] = count + 1;
            return count == 0 ? prefix : $"{prefix}_{count}";
        }
    }

    public static void Reset()
    {
        lock (Counters)
            Counters.Clear();
    }
}
