namespace GpuKeras.Kernels.Reduction;

/// <summary>How many numbers become one: an associative combination with an identity, and a last step.</summary>
public interface IReduction
{
    /// <summary>The reduction's name, in lower case with underscores.</summary>
    static abstract string Name { get; }

    /// <summary>The value that changes nothing when combined; the result of an empty reduction before <see cref="Finish"/>.</summary>
    static abstract double Identity { get; }

    /// <summary>The combination of two partial results. NaN stays NaN.</summary>
    static abstract T Combine<T>(T a, T b)
        where T : struct, ILane<T>;

    /// <summary>The result, given the combination of all <paramref name="count"/> numbers.</summary>
    static abstract T Finish<T>(T total, T count)
        where T : struct, ILane<T>;
}
