namespace GpuKeras.Kernels.Training;

/// <summary>One step of Adagrad (Duchi et al. 2011).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// a += g²; w −= learningRate · g / √(a + epsilon). All arrays have one length. First w −= w · <c>weightDecay</c> (decay times
/// learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct AdagradKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> accumulator,
    double learningRate,
    double epsilon,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> accumulator = accumulator;

    /// <inheritdoc/>
    public static string Name => "adagrad";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, AdagradKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, accumulator);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, AdagradKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var a = (TElement*)accumulator.Pointer + index;
        var sum = TLane.Load(a) + g * g;
        sum.Store(a);
        (value - g * TLane.Create(learningRate) / TLane.Sqrt(sum + TLane.Create(epsilon))).Store(w);
    }
}
