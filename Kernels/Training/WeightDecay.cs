namespace GpuKeras.Kernels.Training;

/// <summary>Decoupled weight decay (Loshchilov and Hutter 2019), applied while an update reads the weights.</summary>
internal static unsafe class WeightDecay
{
    /// <summary>w − w · <paramref name="decay"/>; untouched for 0, so that an infinite weight does not become NaN.</summary>
    public static TLane Load<TLane, TElement>(TElement* weights, double decay)
        where TLane : struct, ILane<TLane, TElement>
        where TElement : unmanaged
    {
        var (w, share, zero) = (TLane.Load(weights), TLane.Create(decay), TLane.Create(0));
        return TLane.WhereEqual(share, zero, w, w - w * share);
    }
}
