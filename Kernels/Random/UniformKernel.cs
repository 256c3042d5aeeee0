using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Random;

/// <summary>Uniform numbers in [low, high): low + u · (high − low) with u one of 2²⁴ equally spaced values in [0, 1).</summary>
/// <remarks>A result that rounding carries to <c>high</c> is moved to the number below it.</remarks>
public readonly unsafe struct UniformKernel(PhiloxKey key, ArrayView<float> y, float low, float high) : IKernel, IGroupStep, IBlockStep
{
    private const float Step = 1f / (1 << 24);

    private readonly ArrayView<float> y = y;
    private readonly float below = MathF.BitDecrement(high);

    /// <inheritdoc/>
    public static string Name => "random_uniform";

    PhiloxKey IBlockStep.Key => key;

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<UniformKernel>.For(key, this, y.Length, Philox.GroupSize);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBlocks(y.Length, this);

    void IBlockStep.Block(int block, uint w0, uint w1, uint w2, uint w3)
    {
        var first = Philox.FirstWord(block);
        Write(w0, first);
        Write(w1, first + Philox.BlocksPerGroup);
        Write(w2, first + 2 * Philox.BlocksPerGroup);
        Write(w3, first + 3 * Philox.BlocksPerGroup);
    }

    private void Write(uint word, int element)
    {
        if (element < y.IntLength)
            y[element] = Value(word);
    }

    private float Value(uint word) => MathF.Min(low + (int)(word >> 8) * Step * (high - low), high > low ? below : high);

    void IGroupStep.Group(long group, uint* words)
    {
        var target = y.Pointer + group * Philox.GroupSize;
        var count = Math.Min(Philox.GroupSize, y.Length - group * Philox.GroupSize);
        var (range, limit, i) = (high - low, high > low ? below : high, 0);
        for (; i + Vector256<float>.Count <= count; i += Vector256<float>.Count)
        {
            var unit = Vector256.ConvertToSingle((Vector256.Load(words + i) >> 8).AsInt32()) * Step;
            Vector256.Min(Vector256.Create(low) + unit * range, Vector256.Create(limit)).Store(target + i);
        }
        for (; i < count; i++)
            target[i] = Value(words[i]);
    }
}
