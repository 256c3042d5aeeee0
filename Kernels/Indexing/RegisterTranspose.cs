using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Transposes 8 × 8 squares of 4-byte elements in registers, so that memory sees whole vectors only.</summary>
internal static unsafe class RegisterTranspose
{
    /// <summary>The side of a square.</summary>
    public const int Side = 8;

    /// <summary>Whether the processor has the instructions.</summary>
    public static bool IsSupported => Avx.IsSupported;

    /// <summary>target[row · targetStride + column] = source[column · sourceStride + row] for 8 rows and columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(float* source, long sourceStride, float* target, long targetStride)
    {
        // Pairs of lines are woven by element, then by pair of elements, then by half.
        var (a, b) = (Vector256.Load(source), Vector256.Load(source + sourceStride));
        var (c, d) = (Vector256.Load(source + 2 * sourceStride), Vector256.Load(source + 3 * sourceStride));
        var (e, f) = (Vector256.Load(source + 4 * sourceStride), Vector256.Load(source + 5 * sourceStride));
        var (g, h) = (Vector256.Load(source + 6 * sourceStride), Vector256.Load(source + 7 * sourceStride));
        var (abLow, abHigh) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        var (cdLow, cdHigh) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        var (efLow, efHigh) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f));
        var (ghLow, ghHigh) = (Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        var (first0, last0) = (Pairs(abLow, cdLow, low: true), Pairs(efLow, ghLow, low: true));
        var (first1, last1) = (Pairs(abLow, cdLow, low: false), Pairs(efLow, ghLow, low: false));
        var (first2, last2) = (Pairs(abHigh, cdHigh, low: true), Pairs(efHigh, ghHigh, low: true));
        var (first3, last3) = (Pairs(abHigh, cdHigh, low: false), Pairs(efHigh, ghHigh, low: false));
        Avx.Permute2x128(first0, last0, 0x20).Store(target);
        Avx.Permute2x128(first1, last1, 0x20).Store(target + targetStride);
        Avx.Permute2x128(first2, last2, 0x20).Store(target + 2 * targetStride);
        Avx.Permute2x128(first3, last3, 0x20).Store(target + 3 * targetStride);
        Avx.Permute2x128(first0, last0, 0x31).Store(target + 4 * targetStride);
        Avx.Permute2x128(first1, last1, 0x31).Store(target + 5 * targetStride);
        Avx.Permute2x128(first2, last2, 0x31).Store(target + 6 * targetStride);
        Avx.Permute2x128(first3, last3, 0x31).Store(target + 7 * targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pairs(Vector256<float> a, Vector256<float> b, bool low) => low
        ? Avx.UnpackLow(a.AsDouble(), b.AsDouble()).AsSingle()
        : Avx.UnpackHigh(a.AsDouble(), b.AsDouble()).AsSingle();
}
