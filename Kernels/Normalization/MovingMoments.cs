using GpuKeras.Kernels.Training;

namespace GpuKeras.Kernels.Normalization;

/// <summary>The moving mean and variance that follow those of a batch; by default there are none. All arrays are <c>[channels]</c>.</summary>
/// <typeparam name="T">float32 or float64.</typeparam>
/// <param name="movingMean">The moving mean.</param>
/// <param name="movingVariance">The moving variance.</param>
/// <param name="mean">The batch's mean.</param>
/// <param name="variance">The batch's variance.</param>
/// <param name="momentum">The share of the old values, as in <see cref="MovingAverageKernel{T}"/>.</param>
public readonly struct MovingMoments<T>(
    ArrayView<T> movingMean, ArrayView<T> movingVariance, ArrayView<T> mean, ArrayView<T> variance, double momentum)
    where T : unmanaged
{
    private readonly MovingAverageKernel<T> mean = new(movingMean, mean, momentum);
    private readonly MovingAverageKernel<T> variance = new(movingVariance, variance, momentum);
    private readonly bool isPresent = true;

    /// <summary>Moves all of them, on the host.</summary>
    internal void RunHost()
    {
        if (!isPresent)
            return;
        mean.RunHost();
        variance.RunHost();
    }

    /// <summary>Moves those of a register of channels, whose mean and variance the same item has just written.</summary>
    internal void Step<TLane, TElement>(long channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        if (!isPresent)
            return;
        mean.Step<TLane, TElement>(channel);
        variance.Step<TLane, TElement>(channel);
    }
}
