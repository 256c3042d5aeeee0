namespace GpuKeras.Kernels.Training;

/// <summary>Runs one kind of elementwise computation on many sets of arrays in one launch, such as an update of all variables.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="TKernel">The computation.</typeparam>
/// <remarks>
/// Most of a network's variables are a few dozen elements, too few for a launch and a split of their own: threads share the
/// joined range of all elements instead. Each element gets the bits that its kernel alone gives it. No set's results may be
/// another's arguments.
/// </remarks>
public readonly struct JoinedKernel<T, TKernel>(JoinedStep<TKernel>[] steps, int count) : IKernel, IRangeBody
    where T : unmanaged
    where TKernel : struct, IKernel, IElementStep
{
    /// <inheritdoc/>
    public static string Name => TKernel.Name;

    /// <inheritdoc/>
    public void RunHost()
    {
        if (count > 0)
            HostThreads.For(steps[count - 1].Next, HostLoop.ElementsPerThread, this, HostLoop.Alignment);
    }

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher)
    {
        var all = steps.AsSpan(0, count);
        // A processor's compiler vectorises a computation alone, not one that is chosen for each item.
        if (launcher.Profile.IsCpuLike)
        {
            foreach (ref readonly var part in all)
                launcher.LaunchElements<T, TKernel>(part.Length, part.Step);
            return;
        }
        for (; !all.IsEmpty; all = all[Math.Min(JoinedBatch<TKernel>.Size, all.Length)..])
        {
            var batch = new JoinedBatch<TKernel>(all);
            launcher.LaunchElements<T, JoinedBatch<TKernel>>(batch.Length, batch);
        }
    }

    /// <inheritdoc/>
    public void Run(long start, long end)
    {
        foreach (ref readonly var part in steps.AsSpan(0, count))
        {
            var first = Math.Max(start - part.Start, 0);
            var last = Math.Min(end - part.Start, part.Length);
            if (first < last)
                new ElementLoop<T, TKernel>(part.Step).Run(first, last);
        }
    }
}
