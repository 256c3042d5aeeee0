namespace GpuKeras.Kernels;

/// <summary>Matrix instructions of a warp (<see cref="DeviceProfile.HasMatrixUnits"/>), and the numbers that they take.</summary>
/// <remarks>
/// Operands are words of 32 bits. A word holds one number of TF32, or two of bfloat16 that are neighbours along k, the first in the low
/// half; so with g = lane / 4, t = lane % 4 and words counted along k both instructions lay out their operands alike (PTX ISA, matrix
/// fragments of <c>m16n8k8</c> and <c>m16n8k16</c>).
/// </remarks>
public static class MatrixUnit
{
    private const int Words = 8;

    /// <summary>The nearest TF32 number, halves away from zero: a float32 whose last 13 bits are 0. Infinities and NaN stay.</summary>
    /// <remarks>PTX's <c>cvt.rna.tf32.f32</c>.</remarks>
    [DeviceIntrinsic]
    public static uint RoundTf32(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsFinite(value) ? (bits + 0x1000) & ~0x1FFFu : bits;
    }

    /// <summary>The nearest bfloat16 numbers, halves to even; from 2¹²⁸ − 2¹¹⁹ on infinity. NaN becomes the NaN 0x7FFF.</summary>
    /// <param name="low">What goes to the low half of the word.</param>
    /// <param name="high">What goes to the high half.</param>
    /// <remarks>PTX's <c>cvt.rn.bf16x2.f32</c>.</remarks>
    [DeviceIntrinsic]
    public static uint PackBFloat16(float low, float high) => ToBFloat16(low) | ToBFloat16(high) << 16;

    /// <summary>D <c>[16, 8]</c> += A <c>[16, 8]</c> · B <c>[8, 8]</c>, of TF32 numbers, sums in float32.</summary>
    /// <param name="d">The item's four sums: D[g, 2t], D[g, 2t + 1], D[g + 8, 2t], D[g + 8, 2t + 1].</param>
    /// <param name="offset">The first of the four registers in <paramref name="d"/>: a constant.</param>
    /// <param name="a0">Row g of A, word t.</param>
    /// <param name="a1">Row g + 8, word t.</param>
    /// <param name="a2">Row g, word t + 4.</param>
    /// <param name="a3">Row g + 8, word t + 4.</param>
    /// <param name="b0">Column g of B, word t.</param>
    /// <param name="b1">Column g, word t + 4.</param>
    /// <remarks>PTX's <c>mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32</c>. Words come from <see cref="RoundTf32"/>.</remarks>
    [DeviceIntrinsic]
    public static void MultiplyAddTf32(RegisterArray<float> d, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        MultiplyAdd(d, offset, a0, a1, a2, a3, b0, b1, static (a, b, sum) => sum + Number(a) * Number(b));

    /// <summary>D <c>[16, 8]</c> += A <c>[16, 16]</c> · B <c>[16, 8]</c>, of bfloat16 numbers, sums in float32.</summary>
    /// <param name="d">The item's four sums: D[g, 2t], D[g, 2t + 1], D[g + 8, 2t], D[g + 8, 2t + 1].</param>
    /// <param name="offset">The first of the four registers in <paramref name="d"/>: a constant.</param>
    /// <param name="a0">Row g of A, word t, which are A[g, 2t] and A[g, 2t + 1].</param>
    /// <param name="a1">Row g + 8, word t.</param>
    /// <param name="a2">Row g, word t + 4.</param>
    /// <param name="a3">Row g + 8, word t + 4.</param>
    /// <param name="b0">Column g of B, word t, which are B[2t, g] and B[2t + 1, g].</param>
    /// <param name="b1">Column g, word t + 4.</param>
    /// <remarks>PTX's <c>mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32</c>. Words come from <see cref="PackBFloat16"/>.</remarks>
    [DeviceIntrinsic]
    public static void MultiplyAddBFloat16(RegisterArray<float> d, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1) =>
        MultiplyAdd(
            d, offset, a0, a1, a2, a3, b0, b1,
            static (a, b, sum) => sum + Number(a << 16) * Number(b << 16) + Number(a & 0xFFFF0000) * Number(b & 0xFFFF0000));

    private static void MultiplyAdd(
        RegisterArray<float> d, int offset, uint a0, uint a1, uint a2, uint a3, uint b0, uint b1, Func<uint, uint, float, float> add)
    {
        var (row, pair) = (Warp.LaneIdx / 4, Warp.LaneIdx % 4 * 2);
        for (var word = 0; word < Words; word++)
        {
            // The item that holds a word of A's row has lane 4·row + word % 4; the one that holds it of B's column has 4·column + word % 4.
            var upper = Warp.Shuffle(word < 4 ? a0 : a2, 4 * row + word % 4);
            var lower = Warp.Shuffle(word < 4 ? a1 : a3, 4 * row + word % 4);
            var left = Warp.Shuffle(word < 4 ? b0 : b1, 4 * pair + word % 4);
            var right = Warp.Shuffle(word < 4 ? b0 : b1, 4 * (pair + 1) + word % 4);
            d[offset] = add(upper, left, d[offset]);
            d[offset + 1] = add(upper, right, d[offset + 1]);
            d[offset + 2] = add(lower, left, d[offset + 2]);
            d[offset + 3] = add(lower, right, d[offset + 3]);
        }
    }

    private static float Number(uint bits) => BitConverter.UInt32BitsToSingle(bits);

    // Just under a half is added, and one more where the last bit that stays is set.
    private static uint ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? 0x7FFF : (bits + 0x7FFF + (bits >> 16 & 1)) >> 16;
    }
}
