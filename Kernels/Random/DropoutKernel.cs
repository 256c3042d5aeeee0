using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Random;

/// <summary>Dropout: y = x / (1 − rate) where the element's random number is at least <c>rate</c>, else 0.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// The gradient is the same kernel with the same key over dy: the mask is computed again instead of kept. A rate of 1 gives zeros.
/// Dropped elements are 0 even where x is NaN or infinite. <c>x</c> and <c>y</c> may be the same memory.
/// </remarks>
public readonly unsafe struct DropoutKernel<T>(PhiloxKey key, ArrayView<T> x, ArrayView<T> y, double rate) : IKernel, IGroupStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly double scale = rate < 1 ? 1 / (1 - rate) : 0;

    // Of the 2²⁴ values that a word's upper bits take, those below this number drop.
    private readonly int threshold = (int)Math.Ceiling(rate * (1 << 24));

    /// <inheritdoc/>
    public static string Name => "dropout";

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<DropoutKernel<T>>.For(key, this, y.Length, Philox.GroupSize);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IGroupStep.Group(long group, uint* words)
    {
        var first = group * Philox.GroupSize;
        var count = (int)Math.Min(Philox.GroupSize, y.Length - first);
        if (typeof(T) == typeof(double))
        {
            var source = (double*)x.Pointer + first;
            var target = (double*)y.Pointer + first;
            for (var i = 0; i < count; i++)
                target[i] = (int)(words[i] >> 8) >= threshold ? source[i] * scale : 0;
            return;
        }
        Floats((float*)x.Pointer + first, (float*)y.Pointer + first, words, count);
    }

    private void Floats(float* source, float* target, uint* words, int count)
    {
        var i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var (thresholds, scales) = (Vector512.Create((uint)threshold), Vector512.Create((float)scale));
            for (; i + 16 <= count; i += 16)
            {
                var keep = Vector512.GreaterThanOrEqual(Vector512.Load(words + i) >> 8, thresholds).AsSingle();
                Vector512.Store(Vector512.ConditionalSelect(keep, Vector512.Load(source + i) * scales, Vector512<float>.Zero), target + i);
            }
        }
        else
        {
            var (thresholds, scales) = (Vector256.Create((uint)threshold), Vector256.Create((float)scale));
            for (; i + 8 <= count; i += 8)
            {
                var keep = Vector256.GreaterThanOrEqual(Vector256.Load(words + i) >> 8, thresholds).AsSingle();
                Vector256.Store(Vector256.ConditionalSelect(keep, Vector256.Load(source + i) * scales, Vector256<float>.Zero), target + i);
            }
        }
        for (; i < count; i++)
            target[i] = (int)(words[i] >> 8) >= threshold ? source[i] * (float)scale : 0;
    }
}
