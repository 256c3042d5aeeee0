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
        }
        else if (AreWide(launcher, all))
        {
            var batch = default(JoinedBatch<WideItems<Float4Lane, TKernel>>);
            foreach (ref readonly var part in all)
            {
                var length = checked((int)part.Length);
                Add(launcher, ref batch, new(part.Step, length), WideItems<Float4Lane, TKernel>.Count(length));
            }
            DeviceLanes.LaunchItems(launcher, batch.Length, batch);
        }
        else
        {
            var batch = default(JoinedBatch<ElementItems<T, TKernel>>);
            foreach (ref readonly var part in all)
                Add(launcher, ref batch, new(part.Step), checked((int)part.Length));
            DeviceLanes.LaunchItems(launcher, batch.Length, batch);
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

    private static bool AreWide(ILauncher launcher, ReadOnlySpan<JoinedStep<TKernel>> steps)
    {
        foreach (ref readonly var part in steps)
        {
            if (!DeviceLanes.IsWide<T, TKernel>(launcher, part.Step))
                return false;
        }
        return true;
    }

    private static void Add<TItem>(ILauncher launcher, ref JoinedBatch<TItem> batch, in TItem item, int items)
        where TItem : struct, IItemStep
    {
        if (batch.Count == JoinedBatch<TItem>.Size)
        {
            DeviceLanes.LaunchItems(launcher, batch.Length, batch);
            batch = default;
        }
        batch.Add(item, items);
    }
}
