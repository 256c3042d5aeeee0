namespace GpuKeras.Kernels;

/// <summary>Matrix instructions of a warp (<see cref="DeviceProfile.HasMatrixUnits"/>).</summary>
public static class MatrixUnit
{
    /// <summary>
    /// D <c>[16, 8]</c> += A <c>[16, 8]</c> · B <c>[8, 8]</c>, the operands rounded to TF32 (10 bits of fraction), sums in float32.
    /// </summary>
    /// <param name="d">The item's four sums: with g = lane / 4 and t = lane % 4 they are D[g, 2t], D[g, 2t+1], D[g+8, 2t], D[g+8, 2t+1].</param>
    /// <param name="offset">The first of the four registers in <paramref name="d"/>: a constant.</param>
    /// <param name="a0">A[g, t].</param>
    /// <param name="a1">A[g+8, t].</param>
    /// <param name="a2">A[g, t+4].</param>
    /// <param name="a3">A[g+8, t+4].</param>
    /// <param name="b0">B[t, g].</param>
    /// <param name="b1">B[t+4, g].</param>
    /// <remarks>PTX's <c>mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32</c>.</remarks>
    [DeviceIntrinsic]
    public static void MultiplyAddTf32(
        RegisterArray<float> d, int offset, float a0, float a1, float a2, float a3, float b0, float b1)
    {
        var (row, pair) = (Warp.LaneIdx / 4, Warp.LaneIdx % 4 * 2);
        for (var k = 0; k < 8; k++)
        {
            // The item that holds A[row, k] has lane 4·row + k % 4; the one that holds B[k, n] has lane 4·n + k % 4.
            var upper = Warp.Shuffle(k < 4 ? ToTf32(a0) : ToTf32(a2), 4 * row + k % 4);
            var lower = Warp.Shuffle(k < 4 ? ToTf32(a1) : ToTf32(a3), 4 * row + k % 4);
            var left = Warp.Shuffle(k < 4 ? ToTf32(b0) : ToTf32(b1), 4 * pair + k % 4);
            var right = Warp.Shuffle(k < 4 ? ToTf32(b0) : ToTf32(b1), 4 * (pair + 1) + k % 4);
            d[offset] += upper * left;
            d[offset + 1] += upper * right;
            d[offset + 2] += lower * left;
            d[offset + 3] += lower * right;
        }
    }

    // To the nearest, halves away from zero, as cvt.rna does.
    private static float ToTf32(float value) =>
        float.IsFinite(value) ? BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(value) + 0x1000) & ~0x1FFF) : value;
}
