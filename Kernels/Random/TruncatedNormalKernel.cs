namespace GpuKeras.Kernels.Random;

/// <summary>Normal numbers within two standard deviations of the mean: mean + standardDeviation · z, z redrawn until |z| ≤ 2.</summary>
/// <remarks>
/// Redraws come from blocks of their own, numbered by element and attempt, so an element never depends on its neighbours.
/// </remarks>
public readonly unsafe struct TruncatedNormalKernel(PhiloxKey key, ArrayView<float> y, float mean, float standardDeviation)
    : IKernel, IGroupStep, IBlockStep
{
    private const float Bound = 2;

    private readonly ArrayView<float> y = y;

    /// <inheritdoc/>
    public static string Name => "random_truncated_normal";

    PhiloxKey IBlockStep.Key => key;

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<TruncatedNormalKernel>.For(key, this, y.Length, Philox.GroupSize);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBlocks(y.Length, this);

    void IBlockStep.Block(int block, uint w0, uint w1, uint w2, uint w3)
    {
        var first = Philox.FirstWord(block);
        var (z0, z1) = BoxMuller.Pair(w0, w1);
        var (z2, z3) = BoxMuller.Pair(w2, w3);
        Write(z0, first);
        Write(z1, first + Philox.BlocksPerGroup);
        Write(z2, first + 2 * Philox.BlocksPerGroup);
        Write(z3, first + 3 * Philox.BlocksPerGroup);
    }

    private void Write(float z, int element)
    {
        if (element < y.IntLength)
            y[element] = mean + standardDeviation * (MathF.Abs(z) <= Bound ? z : Redraw((uint)element));
    }

    void IGroupStep.Group(long group, uint* words)
    {
        var values = stackalloc float[Philox.GroupSize];
        NormalKernel.StandardNormals(words, values);
        var first = group * Philox.GroupSize;
        var count = Math.Min(Philox.GroupSize, y.Length - first);
        for (var i = 0; i < count; i++)
        {
            var z = MathF.Abs(values[i]) <= Bound ? values[i] : Redraw((uint)(first + i));
            y[first + i] = mean + standardDeviation * z;
        }
    }

    private float Redraw(uint element)
    {
        for (var attempt = 1u; ; attempt++)
        {
            var (w0, w1, w2, w3) = Philox.Retry(key, element, attempt);
            var (a, b) = BoxMuller.Pair(w0, w1);
            var (c, d) = BoxMuller.Pair(w2, w3);
            if (MathF.Abs(a) <= Bound)
                return a;
            if (MathF.Abs(b) <= Bound)
                return b;
            if (MathF.Abs(c) <= Bound)
                return c;
            if (MathF.Abs(d) <= Bound)
                return d;
        }
    }
}
