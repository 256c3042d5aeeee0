namespace GpuKeras.Kernels;

/// <summary>How two partial results of a reduction become one: associative and commutative, apart from rounding.</summary>
/// <typeparam name="T">The partial result: <c>float</c>, <c>double</c>, <c>int</c>, <c>long</c> or <c>byte</c>.</typeparam>
public interface ICombination<T>
    where T : unmanaged
{
    /// <summary>The combination of two partial results.</summary>
    static abstract T Combine(T a, T b);
}
