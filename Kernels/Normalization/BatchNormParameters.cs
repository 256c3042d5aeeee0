namespace GpuKeras.Kernels.Normalization;

/// <summary>What normalises each channel: y = f((x − mean) · (gamma · inverse) + beta); all arrays are <c>[channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormParameters<T>
    where T : unmanaged
{
    private readonly ArrayView<T> mean;
    private readonly ArrayView<T> inverse;
    private readonly ArrayView<T> gamma;
    private readonly ArrayView<T> beta;

    /// <summary>Computes the inverse deviations on the host.</summary>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="variance">The variance of each channel.</param>
    /// <param name="gamma">The scale of each channel.</param>
    /// <param name="beta">The offset of each channel.</param>
    /// <param name="inverse">Memory for 1 / √(variance + epsilon).</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNormParameters(
        ArrayView<T> mean, ArrayView<T> variance, ArrayView<T> gamma, ArrayView<T> beta, T* inverse, double epsilon)
        : this(mean, gamma, beta, HostMemory.View(inverse, variance.Length)) =>
        ElementLoop<T, InverseDeviation<T>>.For(new(variance, this.inverse, epsilon), variance.Length);

    /// <summary>Queues the computation of the inverse deviations on a device.</summary>
    /// <param name="launcher">The device's queue.</param>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="variance">The variance of each channel.</param>
    /// <param name="gamma">The scale of each channel.</param>
    /// <param name="beta">The offset of each channel.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNormParameters(
        ILauncher launcher, ArrayView<T> mean, ArrayView<T> variance, ArrayView<T> gamma, ArrayView<T> beta, double epsilon)
        : this(mean, gamma, beta, launcher.Scratch<T>(variance.Length)) =>
        launcher.LaunchElements<T, InverseDeviation<T>>(variance.Length, new(variance, inverse, epsilon));

    private BatchNormParameters(ArrayView<T> mean, ArrayView<T> gamma, ArrayView<T> beta, ArrayView<T> inverse) =>
        (this.mean, this.gamma, this.beta, this.inverse) = (mean, gamma, beta, inverse);

    /// <summary>A register of channels.</summary>
    public Channels<TLane> Load<TLane, TElement>(long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var deviation = TLane.Load((TElement*)inverse.Pointer + channel);
        return new(
            TLane.Load((TElement*)mean.Pointer + channel), deviation, TLane.Load((TElement*)gamma.Pointer + channel) * deviation,
            TLane.Load((TElement*)beta.Pointer + channel));
    }

    /// <summary>The parameters of a register of channels.</summary>
    /// <param name="Center">The mean.</param>
    /// <param name="Inverse">1 / √(variance + epsilon).</param>
    /// <param name="Scale">gamma · inverse.</param>
    /// <param name="Offset">beta.</param>
    internal readonly record struct Channels<TLane>(TLane Center, TLane Inverse, TLane Scale, TLane Offset)
        where TLane : struct, ILane<TLane>;
}
