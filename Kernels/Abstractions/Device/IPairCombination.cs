namespace GpuKeras.Kernels;

/// <summary>
/// How two partial results of two numbers each become one, such as a largest value and where it stands; associative and commutative,
/// apart from rounding.
/// </summary>
/// <typeparam name="TFirst">The first number.</typeparam>
/// <typeparam name="TSecond">The second number.</typeparam>
public interface IPairCombination<TFirst, TSecond>
    where TFirst : unmanaged
    where TSecond : unmanaged
{
    /// <summary>The combination of two partial results.</summary>
    static abstract (TFirst First, TSecond Second) Combine((TFirst First, TSecond Second) a, (TFirst First, TSecond Second) b);
}
