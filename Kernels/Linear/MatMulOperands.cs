namespace GpuKeras.Kernels.Linear;

/// <summary>The operands of <see cref="MatMulKernel{TActivation, T}"/> as lines; a single line is contiguous, transposed or not.</summary>
internal static class MatMulOperands
{
    /// <summary>The rows of A.</summary>
    public static ProductOperand<T> A<T>(ArrayView<T> a, in MatMulSizes sizes, in BatchAxes batch)
        where T : unmanaged => sizes.TransposeA && sizes.Rows > 1
            ? new(a, sizes.Rows, sizes.Inner, 1, sizes.Rows, batch.OffsetsA((long)sizes.Rows * sizes.Inner))
            : new(a, sizes.Rows, sizes.Inner, sizes.Inner, 1, batch.OffsetsA((long)sizes.Rows * sizes.Inner));

    /// <summary>The columns of B.</summary>
    public static ProductOperand<T> B<T>(ArrayView<T> b, in MatMulSizes sizes, in BatchAxes batch)
        where T : unmanaged => sizes.TransposeB || sizes.Columns == 1
            ? new(b, sizes.Columns, sizes.Inner, sizes.Inner, 1, batch.OffsetsB((long)sizes.Inner * sizes.Columns))
            : new(b, sizes.Columns, sizes.Inner, 1, sizes.Columns, batch.OffsetsB((long)sizes.Inner * sizes.Columns));
}
