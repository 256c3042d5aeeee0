using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Elementwise.Functions;

/// <summary>The error function, 2/√π ∫₀ˣ e^(−t²) dt.</summary>
public readonly struct Erf : IDifferentiableFunction
{
    /// <inheritdoc/>
    public static string Name => "erf";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Value<T>(T x)
        where T : struct, ILane<T> => T.Erf(x);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Derivative<T>(T x, T y)
        where T : struct, ILane<T> => T.Create(2 / 1.7724538509055160273) * T.Exp(-x * x);
}
