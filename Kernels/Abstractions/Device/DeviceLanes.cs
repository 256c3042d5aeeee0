namespace GpuKeras.Kernels;

/// <summary>
/// Runs elementwise computations on a device: a lane is one element, or as many float32 as an item moves together, which are four, and
/// sixteen on a CPU-like device.
/// </summary>
public static class DeviceLanes
{
    /// <summary>Queues <paramref name="step"/> for the elements 0 … <paramref name="length"/> − 1.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <typeparam name="TStep">The computation.</typeparam>
    public static void LaunchElements<T, TStep>(this ILauncher launcher, long length, in TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep
    {
        if (!IsWide<T, TStep>(launcher, step))
            LaunchItems(launcher, length, new ElementItems<T, TStep>(step));
        else if (launcher.Profile.IsCpuLike)
            LaunchItems<WideItems<FloatPanel, TStep>, TStep>(launcher, length, step);
        else
            LaunchItems<WideItems<Float4Lane, TStep>, TStep>(launcher, length, step);
    }

    /// <summary>Whether views, of which some may be empty, start where four elements can be moved at once.</summary>
    public static bool AreAligned<T>(params ReadOnlySpan<ArrayView<T>> views)
        where T : unmanaged
    {
        // Allocations start at multiples of far more than 16 bytes.
        foreach (var view in views)
        {
            if (view.Offset % Float4Lane.Count != 0)
                return false;
        }
        return true;
    }

    /// <summary>Whether a device gives the step several elements at once.</summary>
    internal static bool IsWide<T, TStep>(ILauncher launcher, in TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep =>
        typeof(T) == typeof(float) && step.IsWide(launcher.Profile.IsCpuLike ? FloatPanel.Count : Float4Lane.Count);

    /// <summary>Queues <paramref name="step"/> for the items 0 … <paramref name="count"/> − 1.</summary>
    internal static void LaunchItems<TStep>(ILauncher launcher, long count, in TStep step)
        where TStep : struct, IItemStep => launcher.Launch(count, Item, step);

    private static void LaunchItems<TItem, TStep>(ILauncher launcher, long length, in TStep step)
        where TItem : struct, IElementItems<TItem, TStep>
    {
        var count = checked((int)length);
        LaunchItems(launcher, TItem.Count(count), TItem.Of(step, count));
    }

    private static void Item<TStep>(Index1D index, TStep step)
        where TStep : struct, IItemStep => step.Run(index);
}
