namespace GpuKeras.Kernels;

/// <summary>Runs elementwise computations on a device: a lane is one element, or four float32 that an item moves together.</summary>
public static class DeviceLanes
{
    /// <summary>Queues <paramref name="step"/> for the elements 0 … <paramref name="length"/> − 1.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <typeparam name="TStep">The computation.</typeparam>
    public static void LaunchElements<T, TStep>(this ILauncher launcher, long length, in TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep
    {
        if (IsWide<T, TStep>(launcher, step))
        {
            var count = checked((int)length);
            LaunchItems(launcher, WideItems<Float4Lane, TStep>.Count(count), new WideItems<Float4Lane, TStep>(step, count));
        }
        else
        {
            LaunchItems(launcher, length, new ElementItems<T, TStep>(step));
        }
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

    /// <summary>Whether a device gives the step four elements at once.</summary>
    internal static bool IsWide<T, TStep>(ILauncher launcher, in TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep => typeof(T) == typeof(float) && !launcher.Profile.IsCpuLike && step.IsWide;

    /// <summary>Queues <paramref name="step"/> for the items 0 … <paramref name="count"/> − 1.</summary>
    internal static void LaunchItems<TStep>(ILauncher launcher, long count, in TStep step)
        where TStep : struct, IItemStep => launcher.Launch(count, Item, step);

    private static void Item<TStep>(Index1D index, TStep step)
        where TStep : struct, IItemStep => step.Run(index);
}
