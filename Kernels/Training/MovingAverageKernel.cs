namespace GpuKeras.Kernels.Training;

/// <summary>One step of an exponential moving average: a = momentum · a + (1 − momentum) · x.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>Both arrays have one length. With <c>momentum</c> 0 the average becomes x, whatever it was.</remarks>
public readonly unsafe struct MovingAverageKernel<T>(ArrayView<T> average, ArrayView<T> values, double momentum) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> average = average;
    private readonly ArrayView<T> values = values;
    private readonly double share = 1 - momentum;
    private readonly bool isReplaced = momentum == 0;

    /// <inheritdoc/>
    public static string Name => "moving_average";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, MovingAverageKernel<T>>.For(this, average.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(average, values);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, MovingAverageKernel<T>>(average.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var a = (TElement*)average.Pointer + index;
        var x = TLane.Load((TElement*)values.Pointer + index);
        // Not 0 · a: an average that is not a number yet would stay so.
        if (isReplaced)
            x.Store(a);
        else
            (TLane.Load(a) * TLane.Create(momentum) + x * TLane.Create(share)).Store(a);
    }
}
