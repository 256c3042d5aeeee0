namespace GpuKeras.Kernels.Training;

/// <summary>One step of Adamax (Kingma and Ba 2015, section 7.1).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// m += (g − m)(1 − beta1); u = max(beta2 · u, |g|); w −= rate · m / (u + epsilon), where rate = learningRate / (1 − beta1ᵗ). All
/// arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct AdamaxKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> momentum,
    ArrayView<T> norm,
    double rate,
    double beta1,
    double beta2,
    double epsilon,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> momentum = momentum;
    private readonly ArrayView<T> norm = norm;
    private readonly double gradientShare = 1 - beta1;

    /// <inheritdoc/>
    public static string Name => "adamax";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, AdamaxKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, momentum, norm);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, AdamaxKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var m = (TElement*)momentum.Pointer + index;
        var u = (TElement*)norm.Pointer + index;
        var oldM = TLane.Load(m);
        var newM = oldM + (g - oldM) * TLane.Create(gradientShare);
        newM.Store(m);
        var newU = TLane.Max(TLane.Load(u) * TLane.Create(beta2), TLane.Abs(g));
        newU.Store(u);
        (value - newM * TLane.Create(rate) / (newU + TLane.Create(epsilon))).Store(w);
    }
}
