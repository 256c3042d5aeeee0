namespace GpuKeras.Kernels.Training;

/// <summary>One step of Lion (Chen et al. 2023).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// w −= learningRate · sign(beta1 · m + (1 − beta1) g); m = beta2 · m + (1 − beta2) g. The sign of 0 is 0, of NaN is NaN. All
/// arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct LionKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> momentum,
    double learningRate,
    double beta1,
    double beta2,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> momentum = momentum;
    private readonly double directionShare = 1 - beta1;
    private readonly double gradientShare = 1 - beta2;

    /// <inheritdoc/>
    public static string Name => "lion";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, LionKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, momentum);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, LionKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var m = (TElement*)momentum.Pointer + index;
        var oldM = TLane.Load(m);
        var direction = oldM * TLane.Create(beta1) + g * TLane.Create(directionShare);
        var (zero, one) = (TLane.Create(0), TLane.Create(1));
        var sign = TLane.WhereLess(zero, direction, one, TLane.WhereLess(direction, zero, -one, direction));
        (oldM * TLane.Create(beta2) + g * TLane.Create(gradientShare)).Store(m);
        (value - sign * TLane.Create(learningRate)).Store(w);
    }
}
