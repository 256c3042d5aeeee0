namespace GpuKeras.Kernels;

/// <summary>A computation for each channel of each pixel of images whose channels are neighbours in memory.</summary>
public interface IPixelStep
{
    /// <summary>Reads, computes and writes the channels from <paramref name="channel"/> that fill one <typeparamref name="TLane"/>.</summary>
    /// <typeparam name="TLane">One number, or a register of neighbouring channels.</typeparam>
    /// <typeparam name="TElement">The element type.</typeparam>
    /// <param name="pixel">The pixel's number across the batch.</param>
    /// <param name="channel">The first channel.</param>
    void Step<TLane, TElement>(int pixel, int channel)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
