namespace GpuKeras.Kernels.Convolution;

/// <summary>A sum over many units, such as output pixels, that <see cref="PartialSums"/> splits over threads.</summary>
internal unsafe interface IPartialSum
{
    /// <summary>Writes the sums over units <paramref name="first"/> (included) to <paramref name="last"/> (excluded).</summary>
    void Sum<TVector, TScalar, TElement>(long first, long last, TElement* target)
        where TVector : struct, ILane<TVector, TElement>
        where TScalar : struct, ILane<TScalar, TElement>
        where TElement : unmanaged;
}
