namespace GpuKeras.Kernels.Normalization;

/// <summary>What normalises each channel: y = f((x − mean) · (gamma · inverse) + beta); all arrays are <c>[channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormParameters<T>
    where T : unmanaged
{
    private readonly T* mean;
    private readonly T* inverse;
    private readonly T* gamma;
    private readonly T* beta;

    /// <summary>Computes the inverse deviations.</summary>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="variance">The variance of each channel.</param>
    /// <param name="gamma">The scale of each channel.</param>
    /// <param name="beta">The offset of each channel.</param>
    /// <param name="inverse">Memory for 1 / √(variance + epsilon).</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNormParameters(
        ArrayView<T> mean, ArrayView<T> variance, ArrayView<T> gamma, ArrayView<T> beta, T* inverse, double epsilon)
    {
        this.mean = mean.Pointer;
        this.inverse = inverse;
        this.gamma = gamma.Pointer;
        this.beta = beta.Pointer;
        LaneDispatch.Run<T, InverseDeviation<T>>(new(variance.Pointer, inverse, epsilon), 0, variance.Length);
    }

    /// <summary>A register of channels.</summary>
    public Channels<TLane> Load<TLane, TElement>(long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var deviation = TLane.Load((TElement*)inverse + channel);
        return new(
            TLane.Load((TElement*)mean + channel), deviation, TLane.Load((TElement*)gamma + channel) * deviation,
            TLane.Load((TElement*)beta + channel));
    }

    /// <summary>The parameters of a register of channels.</summary>
    /// <param name="Center">The mean.</param>
    /// <param name="Inverse">1 / √(variance + epsilon).</param>
    /// <param name="Scale">gamma · inverse.</param>
    /// <param name="Offset">beta.</param>
    internal readonly record struct Channels<TLane>(TLane Center, TLane Inverse, TLane Scale, TLane Offset)
        where TLane : struct, ILane<TLane>;
}
