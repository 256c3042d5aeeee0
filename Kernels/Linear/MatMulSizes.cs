namespace GpuKeras.Kernels.Linear;

/// <summary>The sizes of a batch of matrix products op(A) <c>[m, k]</c> · op(B) <c>[k, n]</c> → C <c>[m, n]</c>.</summary>
/// <param name="Rows">m.</param>
/// <param name="Columns">n.</param>
/// <param name="Inner">k. With 0 the product is 0.</param>
/// <param name="TransposeA">Whether A lies in memory as <c>[k, m]</c>.</param>
/// <param name="TransposeB">Whether B lies in memory as <c>[n, k]</c>.</param>
public readonly record struct MatMulSizes(int Rows, int Columns, int Inner, bool TransposeA = false, bool TransposeB = false);
