namespace GpuKeras.Kernels.Training;

/// <summary>One step of Nadam (Dozat 2016), as Keras writes it.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// m += (g − m)(1 − beta1); v += (g² − v)(1 − beta2); w −= learningRate · (m · momentumScale + g · gradientScale) / (√(v ·
/// velocityScale) + epsilon). With Keras' schedule uₜ = beta1 (1 − 0.96ᵗ / 2) and its running product Pₜ: momentumScale = uₜ₊₁ /
/// (1 − Pₜ₊₁), gradientScale = (1 − uₜ) / (1 − Pₜ), velocityScale = 1 / (1 − beta2ᵗ). All arrays have one length. First w −= w ·
/// <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct NadamKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> momentum,
    ArrayView<T> velocity,
    double learningRate,
    double beta1,
    double beta2,
    double epsilon,
    double momentumScale,
    double gradientScale,
    double velocityScale,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> momentum = momentum;
    private readonly ArrayView<T> velocity = velocity;
    private readonly double gradientShare = 1 - beta1;
    private readonly double squareShare = 1 - beta2;

    /// <inheritdoc/>
    public static string Name => "nadam";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, NadamKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, momentum, velocity);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, NadamKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var m = (TElement*)momentum.Pointer + index;
        var v = (TElement*)velocity.Pointer + index;
        var oldM = TLane.Load(m);
        var newM = oldM + (g - oldM) * TLane.Create(gradientShare);
        var oldV = TLane.Load(v);
        var newV = oldV + (g * g - oldV) * TLane.Create(squareShare);
        newM.Store(m);
        newV.Store(v);
        var direction = newM * TLane.Create(momentumScale) + g * TLane.Create(gradientScale);
        var scale = TLane.Sqrt(newV * TLane.Create(velocityScale)) + TLane.Create(epsilon);
        (value - direction * TLane.Create(learningRate) / scale).Store(w);
    }
}
