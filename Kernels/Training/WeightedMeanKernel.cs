namespace GpuKeras.Kernels.Training;

/// <summary>One more value in a weighted mean: total += weight · value, count += weight.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>The arrays have one length.</remarks>
public readonly unsafe struct WeightedMeanKernel<T>(ArrayView<T> total, ArrayView<T> count, ArrayView<T> values, double weight)
    : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> total = total;
    private readonly ArrayView<T> count = count;
    private readonly ArrayView<T> values = values;

    /// <inheritdoc/>
    public static string Name => "weighted_mean";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, WeightedMeanKernel<T>>.For(this, total.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(total, count, values);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, WeightedMeanKernel<T>>(total.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var sum = (TElement*)total.Pointer + index;
        var number = (TElement*)count.Pointer + index;
        var share = TLane.Create(weight);
        (TLane.Load(sum) + TLane.Load((TElement*)values.Pointer + index) * share).Store(sum);
        (TLane.Load(number) + share).Store(number);
    }
}
