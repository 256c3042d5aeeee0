using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Attention;

/// <summary>The largest number, NaN left out: cheaper than <see cref="MaxReduction"/>.</summary>
/// <remarks>For the shift of exponentials that is enough, for a NaN shows in their sum.</remarks>
internal readonly struct LargestNumber : IReduction
{
    /// <inheritdoc/>
    public static string Name => "largest_number";

    /// <inheritdoc/>
    public static double Identity => double.NegativeInfinity;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Combine<T>(T a, T b)
        where T : struct, ILane<T> => T.WhereLess(a, b, b, a);

    /// <inheritdoc/>
    public static T Finish<T>(T total, T count)
        where T : struct, ILane<T> => total;
}
