using System.Numerics;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Maps numbers to unsigned integers in the same order: NaN above all, −0 the same as +0.</summary>
internal static class OrderedKey
{
    /// <summary>The key; of types up to 32 bits it fits 32 bits.</summary>
    public static ulong Of<T>(T value)
        where T : unmanaged, INumber<T>
    {
        if (typeof(T) == typeof(float))
        {
            var number = float.CreateTruncating(value);
            return float.IsNaN(number) ? uint.MaxValue : Flip(BitConverter.SingleToInt32Bits(number + 0f));
        }
        if (typeof(T) == typeof(double))
        {
            var number = double.CreateTruncating(value);
            return double.IsNaN(number) ? ulong.MaxValue : Flip(BitConverter.DoubleToInt64Bits(number + 0.0));
        }
        return typeof(T) == typeof(long)
            ? (ulong)long.CreateTruncating(value) ^ (1UL << 63)
            : (uint)int.CreateTruncating(value) ^ (1U << 31);
    }

    // Negative numbers have their bits reversed, positive ones are moved above them. Adding +0 has turned −0 into +0.
    private static uint Flip(int bits) => (uint)bits ^ (bits < 0 ? uint.MaxValue : 1U << 31);

    private static ulong Flip(long bits) => (ulong)bits ^ (bits < 0 ? ulong.MaxValue : 1UL << 63);
}
