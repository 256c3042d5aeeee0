namespace GpuKeras.Kernels.Random;

/// <summary>Uniform numbers in [low, high): low + u · (high − low) with u one of 2²⁴ equally spaced values in [0, 1).</summary>
/// <remarks>A result that rounding carries to <c>high</c> is moved to the number below it.</remarks>
public readonly unsafe struct UniformKernel(PhiloxKey key, ArrayView<float> y, float low, float high) : IKernel, IGroupStep
{
    private const float Step = 1f / (1 << 24);

    private readonly ArrayView<float> y = y;
    private readonly float below = MathF.BitDecrement(high);

    /// <inheritdoc/>
    public static string Name => "random_uniform";

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<UniformKernel>.For(key, this, y.Length, Philox.GroupSize);

    void IGroupStep.Group(long group, uint* words)
    {
        var target = y.Pointer + group * Philox.GroupSize;
        var count = Math.Min(Philox.GroupSize, y.Length - group * Philox.GroupSize);
        var range = high - low;
        for (var i = 0; i < count; i++)
        {
            var value = low + (words[i] >> 8) * Step * range;
            target[i] = value < high || range <= 0 ? value : below;
        }
    }
}
