namespace GpuKeras.Kernels.Training;

/// <summary>One step of Adadelta (Zeiler 2012).</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// a = rho · a + (1 − rho) g²; δ = g · √(d + epsilon) / √(a + epsilon); d = rho · d + (1 − rho) δ²; w −= learningRate · δ. All
/// arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct AdadeltaKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> squaredGradient,
    ArrayView<T> squaredDelta,
    double learningRate,
    double rho,
    double epsilon,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> squaredGradient = squaredGradient;
    private readonly ArrayView<T> squaredDelta = squaredDelta;
    private readonly double share = 1 - rho;

    /// <inheritdoc/>
    public static string Name => "adadelta";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, AdadeltaKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, squaredGradient, squaredDelta);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, AdadeltaKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var a = (TElement*)squaredGradient.Pointer + index;
        var d = (TElement*)squaredDelta.Pointer + index;
        var (keep, add, small) = (TLane.Create(rho), TLane.Create(share), TLane.Create(epsilon));
        var newA = TLane.Load(a) * keep + g * g * add;
        newA.Store(a);
        var oldD = TLane.Load(d);
        var delta = TLane.Sqrt(oldD + small) * g / TLane.Sqrt(newA + small);
        (oldD * keep + delta * delta * add).Store(d);
        (value - delta * TLane.Create(learningRate)).Store(w);
    }
}
