namespace GpuKeras.Kernels.Normalization;

/// <summary>inverse = 1 / √(variance + epsilon).</summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly unsafe struct InverseDeviation<T> : ILaneBody
    where T : unmanaged
{
    private readonly T* variance;
    private readonly T* inverse;
    private readonly double epsilon;

    public InverseDeviation(T* variance, T* inverse, double epsilon)
    {
        this.variance = variance;
        this.inverse = inverse;
        this.epsilon = epsilon;
    }

    public void Run<TLane, TScalar, TElement>(long start, long end)
        where TLane : struct, ILane<TLane, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged
    {
        for (var i = start; i < end; i++)
        {
            var deviation = TScalar.Sqrt(TScalar.Load((TElement*)variance + i) + TScalar.Create(epsilon));
            (TScalar.Create(1) / deviation).Store((TElement*)inverse + i);
        }
    }
}
