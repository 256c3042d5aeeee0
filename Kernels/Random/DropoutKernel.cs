using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Random;

/// <summary>Dropout: y = x / (1 − rate) where the element's random number is at least <c>rate</c>, else 0.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// The gradient is the same kernel with the same key over dy: the mask is computed again instead of kept. A rate of 1 gives zeros.
/// Dropped elements are 0 even where x is NaN or infinite. <c>x</c> and <c>y</c> may be the same memory.
/// </remarks>
public readonly unsafe struct DropoutKernel<T>(PhiloxKey key, ArrayView<T> x, ArrayView<T> y, double rate) : IKernel, IGroupStep, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> y = y;
    private readonly DropoutMask mask = new(key, rate);
    private readonly double scale = new DropoutMask(key, rate).Scale;

    /// <inheritdoc/>
    public static string Name => "dropout";

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<DropoutKernel<T>>.For(mask.Key, this, y.Length, Philox.GroupSize);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, DropoutKernel<T>>(Philox.Blocks(y.Length), this);

    /// <summary>The four elements of one block of the stream, whose number is <paramref name="index"/>.</summary>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (w0, w1, w2, w3) = Philox.Block(mask.Key, (uint)index);
        var first = Philox.FirstWord((int)index);
        Keep<TLane, TElement>(w0, first);
        Keep<TLane, TElement>(w1, first + Philox.BlocksPerGroup);
        Keep<TLane, TElement>(w2, first + 2 * Philox.BlocksPerGroup);
        Keep<TLane, TElement>(w3, first + 3 * Philox.BlocksPerGroup);
    }

    private void Keep<TLane, TElement>(uint word, int element)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (element >= y.IntLength)
            return;
        var value = TLane.Load((TElement*)x.Pointer + element) * TLane.Create(scale);
        (mask.Keeps(word) ? value : TLane.Create(0)).Store((TElement*)y.Pointer + element);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IGroupStep.Group(long group, uint* words)
    {
        var first = group * Philox.GroupSize;
        var count = (int)Math.Min(Philox.GroupSize, y.Length - first);
        mask.Keep(words, x.Pointer + first, y.Pointer + first, count, scale);
    }
}
