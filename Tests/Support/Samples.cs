using System.Numerics;

namespace GpuKeras.Tests.Support;

/// <summary>Reproducible numbers for tests.</summary>
public static class Samples
{
    /// <summary>Numbers in [−1, 1) from a generator with a fixed seed.</summary>
    public static T[] Uniform<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = T.CreateChecked(2 * random.NextDouble() - 1);
        return values;
    }
}
