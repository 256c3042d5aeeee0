using System.Numerics;

namespace GpuKeras.Tests.Support;

/// <summary>Numbers that convolutions compute with exactly, by any method and in any order.</summary>
/// <remarks>
/// Winograd's F(2 × 2, 3 × 3) only adds, subtracts and halves: an input's transform is a sum of four inputs, a filter's one of nine taps with
/// coefficients 1, ½ and ¼. Of small whole numbers, with the taps multiples of 4, all of these are whole numbers, and they, their products and
/// their sums over some hundred channels stay below 2²⁴. As only one channel of a pixel is not 0, the sums are small, and a coefficient that
/// is off in its last place is not rounded away.
/// </remarks>
internal static class WholeNumbers
{
    /// <summary>Pixels of which one channel is −3 … 3 and the others are 0.</summary>
    public static T[] Inputs<T>(int pixels, int channels)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(1);
        var values = new T[pixels * channels];
        for (var pixel = 0; pixel < pixels; pixel++)
            values[pixel * channels + random.Next(channels)] = T.CreateChecked(random.Next(-3, 4));
        return values;
    }

    /// <summary>Taps of −12, −8 … 12.</summary>
    public static T[] Filter<T>(int length)
        where T : unmanaged, INumberBase<T>
    {
        var random = new Random(2);
        var values = new T[length];
        for (var i = 0; i < length; i++)
            values[i] = T.CreateChecked(4 * random.Next(-3, 4));
        return values;
    }
}
