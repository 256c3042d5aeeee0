namespace GpuKeras.Kernels.Training;

/// <summary>One step of Adam (Kingma and Ba 2015), as Keras writes it; with <c>amsgrad</c>, of AMSGrad (Reddi et al. 2018).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// m += (g − m)(1 − beta1); v += (g² − v)(1 − beta2); w −= alpha · m / (√v + epsilon), where
/// alpha = learningRate · √(1 − beta2ᵗ) / (1 − beta1ᵗ). AMSGrad divides by the largest v so far. All arrays have one length;
/// <c>largestVelocity</c> is empty without AMSGrad. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none),
/// which makes it AdamW.
/// </remarks>
public readonly unsafe struct AdamKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> momentum,
    ArrayView<T> velocity,
    ArrayView<T> largestVelocity,
    double alpha,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> momentum = momentum;
    private readonly ArrayView<T> velocity = velocity;
    private readonly ArrayView<T> largestVelocity = largestVelocity;
    private readonly double gradientShare = 1 - beta1;
    private readonly double squareShare = 1 - beta2;

    /// <inheritdoc/>
    public static string Name => "adam";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, AdamKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, momentum, velocity, largestVelocity);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, AdamKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var m = (TElement*)momentum.Pointer + index;
        var v = (TElement*)velocity.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var oldM = TLane.Load(m);
        var newM = oldM + (g - oldM) * TLane.Create(gradientShare);
        var oldV = TLane.Load(v);
        var newV = oldV + (g * g - oldV) * TLane.Create(squareShare);
        newM.Store(m);
        newV.Store(v);
        if (largestVelocity.Length > 0)
        {
            var largest = (TElement*)largestVelocity.Pointer + index;
            newV = TLane.Max(TLane.Load(largest), newV);
            newV.Store(largest);
        }
        var step = newM * TLane.Create(alpha) / (TLane.Sqrt(newV) + TLane.Create(epsilon));
        (WeightDecay.Load<TLane, TElement>(w, weightDecay) - step).Store(w);
    }
}
