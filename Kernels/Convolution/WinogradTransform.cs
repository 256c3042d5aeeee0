using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The three transforms of Winograd's minimal filtering F(2 × 2, 3 × 3), of all channels of tiles side by side.</summary>
/// <typeparam name="TVector">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// Four outputs of a 3 × 3 filter g see 4 × 4 inputs d: <c>y = Aᵀ ((G g Gᵀ) ⊙ (Bᵀ d B)) A</c>. Along one axis
/// <c>Bᵀ d = (d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃)</c>, <c>G g = (g₀, (g₀ + g₁ + g₂) / 2, (g₀ − g₁ + g₂) / 2, g₂)</c> and
/// <c>Aᵀ m = (m₀ + m₁ + m₂, m₁ − m₂ − m₃)</c>. The 16 values of a transform lie in 16 planes.
/// (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2016.)
/// </remarks>
internal static unsafe class WinogradTransform<TVector, T>
    where TVector : struct, ILane<TVector, T>
    where T : unmanaged
{
    /// <summary>Values of a transformed tile.</summary>
    public const int Planes = 16;

    /// <summary>Bᵀ d B of tiles side by side, which share half of their columns.</summary>
    /// <param name="rows">The inputs' four rows.</param>
    /// <param name="column">The first tile's first column; those outside of 0 … <paramref name="width"/> − 1 are zeros.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="channels">How many channels, a multiple of the register's lanes.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="target">Where the first plane's values go.</param>
    /// <param name="plane">Elements from one plane to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(in TileRows<T> rows, int column, int width, nint channels, int tiles, T* target, nint plane)
    {
        T* row0 = rows.Row0, row1 = rows.Row1, row2 = rows.Row2, row3 = rows.Row3;
        for (nint c = 0; c < channels; c += TVector.Count)
        {
            var values = target + c;
            var x = column;
            var (a0, b0, c0, d0) = InputColumn(row0, row1, row2, row3, x, width, channels, c);
            var (a1, b1, c1, d1) = InputColumn(row0, row1, row2, row3, x + 1, width, channels, c);
            for (var tile = 0; tile < tiles; tile++)
            {
                x += 2;
                var (a2, b2, c2, d2) = InputColumn(row0, row1, row2, row3, x, width, channels, c);
                var (a3, b3, c3, d3) = InputColumn(row0, row1, row2, row3, x + 1, width, channels, c);
                StoreInput(a0, a1, a2, a3, values, plane);
                StoreInput(b0, b1, b2, b3, values + 4 * plane, plane);
                StoreInput(c0, c1, c2, c3, values + 8 * plane, plane);
                StoreInput(d0, d1, d2, d3, values + 12 * plane, plane);
                (a0, b0, c0, d0) = (a2, b2, c2, d2);
                (a1, b1, c1, d1) = (a3, b3, c3, d3);
                values += channels;
            }
        }
    }

    /// <summary>G g Gᵀ of one register of output channels.</summary>
    /// <param name="taps">The filter's first tap.</param>
    /// <param name="tap">Elements from one tap to the next.</param>
    /// <param name="target">Where the first plane's values go.</param>
    /// <param name="plane">Elements from one plane to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Filter(T* taps, nint tap, T* target, nint plane)
    {
        var (a0, b0, c0, d0) = FilterAxis(TVector.Load(taps), TVector.Load(taps + 3 * tap), TVector.Load(taps + 6 * tap));
        var (a1, b1, c1, d1) = FilterAxis(TVector.Load(taps + tap), TVector.Load(taps + 4 * tap), TVector.Load(taps + 7 * tap));
        var (a2, b2, c2, d2) = FilterAxis(TVector.Load(taps + 2 * tap), TVector.Load(taps + 5 * tap), TVector.Load(taps + 8 * tap));
        StoreFilter(a0, a1, a2, target, plane);
        StoreFilter(b0, b1, b2, target + 4 * plane, plane);
        StoreFilter(c0, c1, c2, target + 8 * plane, plane);
        StoreFilter(d0, d1, d2, target + 12 * plane, plane);
    }

    /// <summary>f(Aᵀ m A + bias) of tiles side by side, written to the pixels that the output has.</summary>
    /// <param name="sums">The first plane's sums.</param>
    /// <param name="plane">Elements from one plane to the next.</param>
    /// <param name="channels">How many channels, a multiple of the register's lanes.</param>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="output">The first tile's first pixel.</param>
    /// <param name="row">Elements from one row of the output to the next; 0 without a second row.</param>
    /// <param name="pixel">Elements from one pixel to the next; 0 for a tile without a second column.</param>
    /// <param name="activation">f.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output<TActivation>(
        T* sums, nint plane, nint channels, int tiles, T* bias, T* output, nint row, nint pixel, TActivation activation)
        where TActivation : struct, IUnaryFunction
    {
        for (nint c = 0; c < channels; c += TVector.Count)
        {
            T* values = sums + c, target = output + c;
            var start = bias == null ? default : TVector.Load(bias + c);
            for (var tile = 0; tile < tiles; tile++)
            {
                var (a0, b0) = OutputAxis(values, 4 * plane);
                var (a1, b1) = OutputAxis(values + plane, 4 * plane);
                var (a2, b2) = OutputAxis(values + 2 * plane, 4 * plane);
                var (a3, b3) = OutputAxis(values + 3 * plane, 4 * plane);
                // What lies outside the image goes to the place of a pixel inside, which is written last.
                activation.Value(b1 - b2 - b3 + start).Store(target + row + pixel);
                activation.Value(b0 + b1 + b2 + start).Store(target + row);
                activation.Value(a1 - a2 - a3 + start).Store(target + pixel);
                activation.Value(a0 + a1 + a2 + start).Store(target);
                values += channels;
                target += 2 * pixel;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector A, TVector B, TVector C, TVector D) InputColumn(
        T* row0, T* row1, T* row2, T* row3, int x, int width, nint channels, nint channel)
    {
        if ((uint)x >= (uint)width)
            return default;
        var offset = x * channels + channel;
        var (d0, d1) = (TVector.Load(row0 + offset), TVector.Load(row1 + offset));
        var (d2, d3) = (TVector.Load(row2 + offset), TVector.Load(row3 + offset));
        return (d0 - d2, d1 + d2, d2 - d1, d1 - d3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreInput(TVector d0, TVector d1, TVector d2, TVector d3, T* target, nint plane)
    {
        (d0 - d2).Store(target);
        (d1 + d2).Store(target + plane);
        (d2 - d1).Store(target + 2 * plane);
        (d1 - d3).Store(target + 3 * plane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector A, TVector B, TVector C, TVector D) FilterAxis(TVector g0, TVector g1, TVector g2)
    {
        var half = TVector.Create(0.5);
        var (ends, middle) = (half * (g0 + g2), half * g1);
        return (g0, ends + middle, ends - middle, g2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFilter(TVector g0, TVector g1, TVector g2, T* target, nint plane)
    {
        var (a, b, c, d) = FilterAxis(g0, g1, g2);
        a.Store(target);
        b.Store(target + plane);
        c.Store(target + 2 * plane);
        d.Store(target + 3 * plane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector A, TVector B) OutputAxis(T* sums, nint row)
    {
        var (m0, m1) = (TVector.Load(sums), TVector.Load(sums + row));
        var (m2, m3) = (TVector.Load(sums + 2 * row), TVector.Load(sums + 3 * row));
        return (m0 + m1 + m2, m1 - m2 - m3);
    }
}
