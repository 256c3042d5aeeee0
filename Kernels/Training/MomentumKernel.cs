namespace GpuKeras.Kernels.Training;

/// <summary>One step of gradient descent with momentum, optionally Nesterov's (Sutskever et al. 2013).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// m = momentum · m − learningRate · g; then w += m, or with <c>nesterov</c> w += momentum · m − learningRate · g. All arrays
/// have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct MomentumKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> velocity,
    double learningRate,
    double momentum,
    bool nesterov,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> velocity = velocity;

    /// <inheritdoc/>
    public static string Name => "momentum";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, MomentumKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, velocity);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, MomentumKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var m = (TElement*)velocity.Pointer + index;
        var step = g * TLane.Create(learningRate);
        var newM = TLane.Load(m) * TLane.Create(momentum) - step;
        newM.Store(m);
        var change = nesterov ? newM * TLane.Create(momentum) - step : newM;
        (value + change).Store(w);
    }
}
