using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Indexing;

/// <summary>Maps numbers to unsigned integers in the same order: NaN above all, −0 the same as +0.</summary>
internal static class OrderedKey
{
    /// <summary>The key; of types up to 32 bits it fits 32 bits.</summary>
    /// <typeparam name="T">float, double, int, long or byte.</typeparam>
    public static ulong Of<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            var number = Unsafe.BitCast<T, float>(value);
            return float.IsNaN(number) ? uint.MaxValue : number == 0 ? 1U << 31 : Flip(BitConverter.SingleToInt32Bits(number));
        }
        if (typeof(T) == typeof(double))
        {
            var number = Unsafe.BitCast<T, double>(value);
            return double.IsNaN(number) ? ulong.MaxValue : number == 0 ? 1UL << 63 : Flip(BitConverter.DoubleToInt64Bits(number));
        }
        return typeof(T) == typeof(long)
            ? (ulong)IndexValue.Of(value) ^ (1UL << 63)
            : (uint)IndexValue.Of(value) ^ (1U << 31);
    }

    // Negative numbers have their bits reversed, positive ones are moved above them.
    private static uint Flip(int bits) => (uint)bits ^ (bits < 0 ? uint.MaxValue : 1U << 31);

    private static ulong Flip(long bits) => (ulong)bits ^ (bits < 0 ? ulong.MaxValue : 1UL << 63);
}
