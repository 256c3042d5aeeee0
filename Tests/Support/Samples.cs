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

    /// <summary>Numbers in [−2, 2).</summary>
    public static float[] Floats(int count, int seed = 1) => Array.ConvertAll(Uniform<float>(count, seed), static x => 2 * x);

    /// <summary>The numbers of <see cref="Floats"/>, in double precision.</summary>
    public static double[] Doubles(int count, int seed = 1) => Array.ConvertAll(Floats(count, seed), static x => (double)x);

    /// <summary>Integers from <paramref name="low"/> (included) to <paramref name="high"/> (excluded).</summary>
    public static int[] Integers(int count, int low, int high, int seed = 1)
    {
        var random = new Random(seed);
        var values = new int[count];
        for (var i = 0; i < count; i++)
            values[i] = random.Next(low, high);
        return values;
    }
}
