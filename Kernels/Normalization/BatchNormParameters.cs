using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>What normalises each channel: y = f((x − mean) · (gamma · inverse) + beta); all arrays are <c>[channels]</c>.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct BatchNormParameters<T>
    where T : unmanaged
{
    private readonly ArrayView<T> mean;
    private readonly ArrayView<T> variance;
    private readonly ArrayView<T> gamma;
    private readonly ArrayView<T> beta;
    private readonly ArrayView<T> inverse;
    private readonly T epsilon;

    /// <summary>The parameters on a device: whoever loads a channel's computes the inverse deviation, which saves a launch.</summary>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="variance">The variance of each channel.</param>
    /// <param name="gamma">The scale of each channel.</param>
    /// <param name="beta">The offset of each channel.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNormParameters(ArrayView<T> mean, ArrayView<T> variance, ArrayView<T> gamma, ArrayView<T> beta, double epsilon)
    {
        (this.mean, this.variance, this.gamma, this.beta) = (mean, variance, gamma, beta);
        this.epsilon = LaneElement.Create<T>(epsilon);
    }

    /// <summary>The parameters on the host, where the inverse deviations are computed once: few rows share a load.</summary>
    /// <param name="mean">The mean of each channel.</param>
    /// <param name="variance">The variance of each channel.</param>
    /// <param name="gamma">The scale of each channel.</param>
    /// <param name="beta">The offset of each channel.</param>
    /// <param name="inverse">Memory for 1 / √(variance + epsilon).</param>
    /// <param name="epsilon">Added to the variance.</param>
    public BatchNormParameters(
        ArrayView<T> mean, ArrayView<T> variance, ArrayView<T> gamma, ArrayView<T> beta, T* inverse, double epsilon)
        : this(mean, variance, gamma, beta, epsilon)
    {
        var target = HostMemory.View(inverse, variance.Length);
        ElementLoop<T, InverseDeviation<T>>.For(new(variance, target, this.epsilon), variance.Length);
        this.inverse = target;
    }

    /// <summary>A register of channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Channels<TLane> Load<TLane, TElement>(long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var deviation = inverse.Length > 0
            ? TLane.Load((TElement*)inverse.Pointer + channel)
            : InverseDeviation<T>.Of<TLane, TElement>(variance, channel, epsilon);
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
