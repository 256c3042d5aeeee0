namespace GpuKeras.Utilities;

/// <summary>The seeds of initializers, shuffles and dropout layers that are given none of their own.</summary>
internal static class GlobalSeed
{
    private static readonly Lock Gate = new();
    private static ulong state = (ulong)Random.Shared.NextInt64();

    public static void Set(long seed)
    {
        lock (Gate)
            state = (ulong)seed;
    }

    /// <summary>A new seed: the next output of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    public static long Next()
    {
        lock (Gate)
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (long)((z ^ (z >> 31)) >> 1);
        }
    }
}
