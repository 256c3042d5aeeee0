namespace GpuKeras.Kernels;

/// <summary>Runs elementwise computations on a device: one item for each element, with scalars as lanes.</summary>
public static class DeviceLanes
{
    /// <summary>Queues <paramref name="step"/> for the elements 0 … <paramref name="length"/> − 1.</summary>
    /// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
    /// <typeparam name="TStep">The computation.</typeparam>
    public static void LaunchElements<T, TStep>(this ILauncher launcher, long length, in TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep => launcher.Launch(length, Element<T, TStep>, step);

    // The tests are constants for the compiler: one branch remains.
    private static void Element<T, TStep>(Index1D index, TStep step)
        where T : unmanaged
        where TStep : struct, IElementStep
    {
        if (typeof(T) == typeof(float))
            step.Step<FloatLane, float>(index);
        else if (typeof(T) == typeof(double))
            step.Step<DoubleLane, double>(index);
        else if (typeof(T) == typeof(int))
            step.Step<Int32Lane, int>(index);
        else if (typeof(T) == typeof(long))
            step.Step<Int64Lane, long>(index);
        else
            step.Step<ByteLane, byte>(index);
    }
}
