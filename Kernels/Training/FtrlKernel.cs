namespace GpuKeras.Kernels.Training;

/// <summary>One step of FTRL-Proximal (McMahan et al. 2013), as Keras writes it.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// n′ = n + g²; z += g + 2 · l2Shrinkage · w − (n′ᵖ − nᵖ) / learningRate · w with p = −learningRatePower; w = (clip(z, −l1, l1) −
/// z) / (n′ᵖ / learningRate + 2 · l2); n = n′. Keras' <c>beta</c> is already in <c>l2</c>: l2 + beta / (2 · learningRate). All
/// arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct FtrlKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    ArrayView<T> accumulator,
    ArrayView<T> linear,
    double learningRate,
    double learningRatePower,
    double l1,
    double l2,
    double l2Shrinkage,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;
    private readonly ArrayView<T> accumulator = accumulator;
    private readonly ArrayView<T> linear = linear;
    private readonly double penalty = 2 * l2;
    private readonly double shrinkage = 2 * l2Shrinkage;
    private readonly double lowest = -l1;
    private readonly double power = -learningRatePower;
    private readonly bool isRoot = learningRatePower == -0.5;

    /// <inheritdoc/>
    public static string Name => "ftrl";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, FtrlKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient, accumulator, linear);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, FtrlKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        var n = (TElement*)accumulator.Pointer + index;
        var z = (TElement*)linear.Pointer + index;
        var (rate, oldN) = (TLane.Create(learningRate), TLane.Load(n));
        var newN = oldN + g * g;
        var (oldPower, newPower) = (Power(oldN), Power(newN));
        var shrunk = g + value * TLane.Create(shrinkage);
        var newZ = TLane.Load(z) + shrunk - (newPower - oldPower) / rate * value;
        var clipped = TLane.Min(TLane.Max(newZ, TLane.Create(lowest)), TLane.Create(l1));
        newN.Store(n);
        newZ.Store(z);
        ((clipped - newZ) / (newPower / rate + TLane.Create(penalty))).Store(w);
    }

    // The default power −½ is a square root, many times cheaper than the general power.
    private TLane Power<TLane>(TLane x)
        where TLane : struct, ILane<TLane> =>
        isRoot ? TLane.Sqrt(x) : TLane.Pow(x, TLane.Create(power));
}
