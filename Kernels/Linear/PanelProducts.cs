using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products of float32 on a CPU-like device.</summary>
internal static class PanelProducts
{
    // With fewer rows a copy of B would not be read often enough.
    private const int MinRowsToCopyB = 24;

    /// <summary>C = f(start + op(A) · op(B)).</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="a">A <c>[batch, m, k]</c>, or <c>[batch, k, m]</c> if transposed.</param>
    /// <param name="b">B <c>[batch, k, n]</c>, or <c>[batch, n, k]</c> if transposed.</param>
    /// <param name="sizes">m, n, k and the transpositions.</param>
    /// <param name="batch">The batch axes.</param>
    /// <param name="epilogue">C, what the sums start from, and f.</param>
    public static void Launch<TActivation>(
        ILauncher launcher, ArrayView<float> a, ArrayView<float> b, in MatMulSizes sizes, in BatchAxes batch,
        in MatMulEpilogue<TActivation, FloatLane, float> epilogue)
        where TActivation : struct, IUnaryFunction
    {
        var whole = sizes.Columns / PackedPanels.Width;
        var wholeColumns = whole * PackedPanels.Width;
        var panels = PackedPanels.Launch(
            launcher, b, sizes, firstCopied: sizes.TransposeB || sizes.Rows >= MinRowsToCopyB ? 0 : whole);
        var tail = wholeColumns == sizes.Columns ? default : launcher.Scratch<float>(batch.Count * sizes.Rows * PackedPanels.Width);
        new PanelProduct(a, panels, epilogue.Start, tail, sizes, batch).Launch(launcher);
        new PanelEpilogue<TActivation>(epilogue, tail, wholeColumns).Launch(launcher);
    }
}
