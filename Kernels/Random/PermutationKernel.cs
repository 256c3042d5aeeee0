namespace GpuKeras.Kernels.Random;

/// <summary>The numbers 0 … n − 1 in random order, each order as likely (Fisher and Yates, Durstenfeld's form).</summary>
/// <remarks>
/// Sequential by nature; step i exchanges with a position drawn from 64 random bits of the stream. On a device the draws are
/// parallel, and one item exchanges.
/// </remarks>
public readonly unsafe struct PermutationKernel(PhiloxKey key, ArrayView<int> y) : IKernel
{
    private const int DrawsPerGroup = Philox.GroupSize / 2;

    private readonly ArrayView<int> y = y;

    /// <inheritdoc/>
    public static string Name => "random_permutation";

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var draws = launcher.Scratch<int>(y.Length);
        var arguments = new Arguments(key, draws, y);
        launcher.LaunchBlocks(2 * y.Length, arguments);
        launcher.Launch(Math.Min(y.Length, 1), Exchange, arguments);
    }

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

    private static void Exchange(Index1D index, Arguments arguments)
    {
        var (draws, y) = (arguments.Draws, arguments.Y);
        var draw = 0;
        for (var last = y.IntLength - 1; last > 0; last--, draw++)
        {
            var other = draws[draw];
            (y[last], y[other]) = (y[other], y[last]);
        }
    }

    // Draws[i] is the position that draw i exchanges with.
    private readonly struct Arguments(PhiloxKey key, ArrayView<int> draws, ArrayView<int> y) : IBlockStep
    {
        public readonly ArrayView<int> Draws = draws;
        public readonly ArrayView<int> Y = y;

        public PhiloxKey Key => key;

        public void Block(int block, uint w0, uint w1, uint w2, uint w3)
        {
            var first = RandomBits.First(block);
            Write(RandomBits.Join(w0, w2), first);
            Write(RandomBits.Join(w1, w3), first + Philox.BlocksPerGroup);
        }

        // One more than there are draws: the results start in order.
        private void Write(ulong bits, int draw)
        {
            if (draw >= Y.IntLength)
                return;
            Y[draw] = draw;
            Draws[draw] = (int)RandomBits.MultiplyHigh(bits, (ulong)(Y.IntLength - draw));
        }
    }
}
