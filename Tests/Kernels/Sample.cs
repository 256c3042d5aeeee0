namespace GpuKeras.Tests.Kernels;

/// <summary>Deterministic test data.</summary>
public static class Sample
{
    /// <summary>Numbers in [−2, 2) of either sign.</summary>
    public static float[] Floats(int length, int seed = 1)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (var i = 0; i < length; i++)
            values[i] = (float)(random.NextDouble() * 4 - 2);
        return values;
    }

    public static double[] Doubles(int length, int seed = 1) => Array.ConvertAll(Floats(length, seed), static x => (double)x);

    public static int[] Integers(int length, int low, int high, int seed = 1)
    {
        var random = new Random(seed);
        var values = new int[length];
        for (var i = 0; i < length; i++)
            values[i] = random.Next(low, high);
        return values;
    }
}
