using System.Numerics;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Random;

/// <summary>Integers in low … high − 1, each as likely: the upper word of (64 random bits) · (high − low).</summary>
/// <typeparam name="T">int32 or int64.</typeparam>
/// <remarks>The bias is below (high − low) / 2⁶⁴ (Lemire 2019).</remarks>
public readonly unsafe struct IntegersKernel<T>(PhiloxKey key, ArrayView<T> y, long low, long high) : IKernel, IGroupStep, IBlockStep
    where T : unmanaged, IBinaryInteger<T>
{
    private const int ElementsPerGroup = Philox.GroupSize / 2;

    private readonly ArrayView<T> y = y;

    /// <inheritdoc/>
    public static string Name => "random_integers";

    PhiloxKey IBlockStep.Key => key;

    /// <inheritdoc/>
    public void RunHost() => GroupLoop<IntegersKernel<T>>.For(key, this, y.Length, ElementsPerGroup);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchBlocks(2 * y.Length, this);

    void IBlockStep.Block(int block, uint w0, uint w1, uint w2, uint w3)
    {
        var first = RandomBits.First(block);
        Write(RandomBits.Join(w0, w2), first);
        Write(RandomBits.Join(w1, w3), first + Philox.BlocksPerGroup);
    }

    private void Write(ulong bits, int element)
    {
        if (element < y.IntLength)
            y[element] = NumberCast.Convert<long, T>(low + (long)RandomBits.MultiplyHigh(bits, (ulong)high - (ulong)low));
    }

    void IGroupStep.Group(long group, uint* words)
    {
        var first = group * ElementsPerGroup;
        var count = Math.Min(ElementsPerGroup, y.Length - first);
        var range = (ulong)high - (ulong)low;
        for (var i = 0; i < count; i++)
        {
            var bits = ((ulong)words[i] << 32) | words[i + ElementsPerGroup];
            y[first + i] = T.CreateTruncating(low + (long)Math.BigMul(bits, range, out _));
        }
    }
}
