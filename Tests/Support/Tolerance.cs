namespace GpuKeras.Tests.Support;

/// <summary>How far a computed sum may lie from the exact one.</summary>
/// <remarks>
/// A sum of n rounded products has an error of at most about n · u · Σ|terms|, with u the unit roundoff (Higham, "Accuracy and
/// Stability of Numerical Algorithms", chapter 3). The tolerance is therefore relative to the sum of the terms' magnitudes.
/// </remarks>
public static class Tolerance
{
    /// <summary>The largest error relative to Σ|terms| of a sum of <paramref name="reductionLength"/> products.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static double For<T>(long reductionLength)
        where T : unmanaged =>
        // Two more terms for a bias and for rounding the result.
        (reductionLength + 2) * (typeof(T) == typeof(double) ? Math.ScaleB(1, -53) : Math.ScaleB(1, -24));
}
