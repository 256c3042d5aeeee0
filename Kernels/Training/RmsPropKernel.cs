namespace GpuKeras.Kernels.Training;

/// <summary>One step of RMSprop (Tieleman and Hinton 2012), optionally centered (Graves 2013) and with momentum.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// v = rho · v + (1 − rho) g²; step = learningRate · g / √(v + epsilon); centered: v − a² instead of v, where a = rho · a + (1 −
/// rho) g; with momentum: m = momentum · m + step and w −= m, else w −= step. <c>average</c> is empty when not centered,
/// <c>momentumBuffer</c> without momentum. All arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning
/// rate; 0 for none).
/// </remarks>
public readonly unsafe struct RmsPropKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> velocity,
    ArrayView<T> average,
    ArrayView<T> momentumBuffer,
    double learningRate,
    double rho,
    double momentum,
    double epsilon,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> velocity = velocity;
    private readonly ArrayView<T> average = average;
    private readonly ArrayView<T> momentumBuffer = momentumBuffer;
    private readonly double share = 1 - rho;

    /// <inheritdoc/>
    public static string Name => "rmsprop";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, RmsPropKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, velocity, average, momentumBuffer);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, RmsPropKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var v = (TElement*)velocity.Pointer + index;
        var (keep, add) = (TLane.Create(rho), TLane.Create(share));
        var newV = TLane.Load(v) * keep + g * g * add;
        newV.Store(v);
        var denominator = newV + TLane.Create(epsilon);
        if (average.Length > 0)
        {
            var a = (TElement*)average.Pointer + index;
            var newA = TLane.Load(a) * keep + g * add;
            newA.Store(a);
            denominator = newV - newA * newA + TLane.Create(epsilon);
        }
        var step = g * TLane.Create(learningRate) / TLane.Sqrt(denominator);
        if (momentumBuffer.Length > 0)
        {
            var m = (TElement*)momentumBuffer.Pointer + index;
            step = TLane.Load(m) * TLane.Create(momentum) + step;
            step.Store(m);
        }
        (value - step).Store(w);
    }
}
