namespace GpuKeras.Kernels.Random;

/// <summary>Runs an <see cref="IBlockStep"/> over the blocks of a stream on a device.</summary>
internal static class DeviceBlocks
{
    /// <summary>Queues <paramref name="step"/> for as many whole groups as hold <paramref name="words"/> words.</summary>
    /// <typeparam name="TStep">What is made of the words.</typeparam>
    public static void LaunchBlocks<TStep>(this ILauncher launcher, long words, in TStep step)
        where TStep : struct, IBlockStep => launcher.Launch(Philox.Blocks(words), Block, step);

    private static void Block<TStep>(Index1D block, TStep step)
        where TStep : struct, IBlockStep
    {
        var (w0, w1, w2, w3) = Philox.Block(step.Key, (uint)block.X);
        step.Block(block, w0, w1, w2, w3);
    }
}
