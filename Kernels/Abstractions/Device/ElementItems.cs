namespace GpuKeras.Kernels;

/// <summary>An elementwise computation with one item for each element.</summary>
/// <typeparam name="T">The element type: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
/// <typeparam name="TStep">The computation.</typeparam>
internal readonly struct ElementItems<T, TStep>(in TStep step) : IElementItems<ElementItems<T, TStep>, TStep>
    where T : unmanaged
    where TStep : struct, IElementStep
{
    private readonly TStep step = step;

    public static ElementItems<T, TStep> Of(in TStep step, int length) => new(step);

    public static int Count(int length) => length;

    // The tests are constants for the compiler: one branch remains.
    public void Run(int index)
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
