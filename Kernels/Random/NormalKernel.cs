namespace GpuKeras.Kernels.Random;

/// <summary>Normal numbers: mean + standardDeviation · z, z by <see cref="BoxMuller"/>.</summary>
public readonly unsafe struct NormalKernel(PhiloxKey key, ArrayView<float> y, float mean, float standardDeviation) : IKernel, IGroupStep, IBlockStep
{
    private const int PairsPerBlock = 16;

    private readonly ArrayView<float> y = y;

    /// <inheritdoc/>
    public static string Name => "random_normal";

    PhiloxKey IBlockStep.Key => key;

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<NormalKernel>.For(key, this, y.Length, Philox.GroupSize);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBlocks(y.Length, this);

    void IBlockStep.Block(int block, uint w0, uint w1, uint w2, uint w3)
    {
        var first = Philox.FirstWord(block);
        Write(BoxMuller.Pair(w0, w1), first);
        Write(BoxMuller.Pair(w2, w3), first + 2 * PairsPerBlock);
    }

    private void Write((float First, float Second) pair, int element)
    {
        if (element < y.IntLength)
            y[element] = mean + standardDeviation * pair.First;
        if (element + PairsPerBlock < y.IntLength)
            y[element + PairsPerBlock] = mean + standardDeviation * pair.Second;
    }

    void IGroupStep.Group(long group, uint* words)
    {
        var values = stackalloc float[Philox.GroupSize];
        StandardNormals(words, values);
        var target = y.Pointer + group * Philox.GroupSize;
        var count = Math.Min(Philox.GroupSize, y.Length - group * Philox.GroupSize);
        for (var i = 0; i < count; i++)
            target[i] = mean + standardDeviation * values[i];
    }

    /// <summary>64 words → 64 standard normal numbers: words j and j + 16 of each half make numbers j and j + 16.</summary>
    internal static void StandardNormals(uint* words, float* values)
    {
        for (var half = 0; half < Philox.GroupSize; half += 2 * PairsPerBlock)
        {
            for (var i = half; i < half + PairsPerBlock; i++)
                (values[i], values[i + PairsPerBlock]) = BoxMuller.Pair(words[i], words[i + PairsPerBlock]);
        }
    }
}
