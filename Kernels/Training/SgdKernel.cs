namespace GpuKeras.Kernels.Training;

/// <summary>One step of gradient descent: w −= learningRate · g.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <remarks>
/// As Keras writes it. All arrays have one length. First w −= w · <c>weightDecay</c> (decay times learning rate; 0 for none).
/// </remarks>
public readonly unsafe struct SgdKernel<T>(
    ArrayView<T> weights,
    ArrayView<T> gradient,
    double learningRate,
    double weightDecay) : IKernel, IElementStep
    where T : unmanaged
{
    private readonly ArrayView<T> weights = weights;
    private readonly ArrayView<T> gradient = gradient;

    /// <inheritdoc/>
    public static string Name => "sgd";

    /// <inheritdoc/>
    public void RunHost() => ElementLoop<T, SgdKernel<T>>.For(this, weights.Length);

    /// <inheritdoc/>
    public bool IsWide(int width) => DeviceLanes.AreAligned(weights, gradient);

    /// <inheritdoc/>
    public void RunDevice(ILauncher launcher) => launcher.LaunchElements<T, SgdKernel<T>>(weights.Length, this);

    /// <inheritdoc/>
    public void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var w = (TElement*)weights.Pointer + index;
        var g = TLane.Load((TElement*)gradient.Pointer + index);
        var value = WeightDecay.Load<TLane, TElement>(w, weightDecay);
        (value - g * TLane.Create(learningRate)).Store(w);
    }
}
