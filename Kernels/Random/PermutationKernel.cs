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
        var words = stackalloc uint[Philox.GroupSize];
        var draw = 0;
        for (var last = values.Length - 1; last > 0; last--, draw++)
        {
            var slot = draw % DrawsPerGroup;
            if (slot == 0)
                Philox.Group(key, (uint)(draw / DrawsPerGroup), words);
            var bits = ((ulong)words[slot] << 32) | words[slot + DrawsPerGroup];
            var other = (int)Math.BigMul(bits, (ulong)last + 1, out _);
            (values[last], values[other]) = (values[other], values[last]);
        }
    }
}
