namespace GpuKeras.Kernels.Random;

/// <summary>The numbers 0 … n − 1 in random order, each order as likely (Fisher and Yates, Durstenfeld's form).</summary>
/// <remarks>Sequential by nature; step i exchanges with a position drawn from 64 random bits of the stream.</remarks>
public readonly unsafe struct PermutationKernel(PhiloxKey key, ArrayView<int> y) : IKernel
{
    private const int DrawsPerGroup = Philox.GroupSize / 2;

    private readonly ArrayView<int> y = y;

    /// <inheritdoc/>
    public static string Name => "random_permutation";

    /// <inheritdoc/>
    public void RunHost()
    {
        var values = y.Span;
        for (var i = 0; i < values.Length; i++)
            values[i] = i;
        var words = stackalloc uint[Philox.PairSize];
        var draw = 0;
        for (var last = values.Length - 1; last > 0; last--, draw++)
        {
            var (group, slot) = Math.DivRem(draw, DrawsPerGroup);
            if (slot == 0 && group % 2 == 0)
                Philox.Pair(key, (uint)group, words);
            var first = slot + group % 2 * Philox.GroupSize;
            var bits = ((ulong)words[first] << 32) | words[first + DrawsPerGroup];
            var other = (int)Math.BigMul(bits, (ulong)last + 1, out _);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }
}
