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
            Join<WideItems<Float4Lane, TKernel>>(launcher, all);
        }
        else
        {
            Join<ElementItems<T, TKernel>>(launcher, all);
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

    // Eight in one launch; where its arguments may not be so long, four, two, or each alone.
    private static void Join<TItem>(ILauncher launcher, ReadOnlySpan<JoinedStep<TKernel>> steps)
        where TItem : struct, IElementItems<TItem, TKernel>
    {
        if (!TryQueue<JoinedPair<JoinedPair<JoinedPair<JoinedItem<TItem>, TItem>, TItem>, TItem>, TItem>(launcher, steps)
            && !TryQueue<JoinedPair<JoinedPair<JoinedItem<TItem>, TItem>, TItem>, TItem>(launcher, steps)
            && !TryQueue<JoinedPair<JoinedItem<TItem>, TItem>, TItem>(launcher, steps))
        {
            Queue<JoinedItem<TItem>, TItem>(launcher, steps);
        }
    }

    private static bool TryQueue<TPlaces, TItem>(ILauncher launcher, ReadOnlySpan<JoinedStep<TKernel>> steps)
        where TPlaces : struct, IJoinedPlaces<TPlaces, TItem>
        where TItem : struct, IElementItems<TItem, TKernel>
    {
        var fits = JoinedBatch<TPlaces, TItem>.ArgumentBytes <= launcher.Profile.MaxArgumentBytes;
        if (fits)
            Queue<TPlaces, TItem>(launcher, steps);
        return fits;
    }

    private static void Queue<TPlaces, TItem>(ILauncher launcher, ReadOnlySpan<JoinedStep<TKernel>> steps)
        where TPlaces : struct, IJoinedPlaces<TPlaces, TItem>
        where TItem : struct, IElementItems<TItem, TKernel>
    {
        var batch = default(JoinedBatch<TPlaces, TItem>);
        foreach (ref readonly var part in steps)
        {
            if (batch.Count == TPlaces.Size)
            {
                DeviceLanes.LaunchItems(launcher, batch.Length, batch);
                batch = default;
            }
            var length = checked((int)part.Length);
            batch.Add(TItem.Of(part.Step, length), TItem.Count(length));
        }
        DeviceLanes.LaunchItems(launcher, batch.Length, batch);
    }
}
