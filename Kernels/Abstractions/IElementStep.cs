namespace GpuKeras.Kernels;

/// <summary>An elementwise computation over several arrays at once, such as an optimizer's update.</summary>
public interface IElementStep
{
    /// <summary>Reads, computes and writes the elements from <paramref name="index"/> that fill one <typeparamref name="TLane"/>.</summary>
    void Step<TLane, TElement>(long index)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged;
}
