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
        var panels = PackedPanels.Launch(
            launcher, b, sizes,
            firstCopied: sizes.TransposeB || sizes.Rows >= MinRowsToCopyB ? 0 : sizes.Columns / PackedPanels.Width);
        Launch(launcher, a, panels, sizes, batch, epilogue, launcher.Scratch<float>(TailLength(sizes, batch.Count)));
    }

    /// <summary>The same with B's panels at hand.</summary>
    /// <param name="tail">Scratch memory of <see cref="TailLength"/>.</param>
    public static void Launch<TActivation>(
        ILauncher launcher, ArrayView<float> a, in PackedPanels panels, in MatMulSizes sizes, in BatchAxes batch,
        in MatMulEpilogue<TActivation, FloatLane, float> epilogue, ArrayView<float> tail)
        where TActivation : struct, IUnaryFunction
    {
        new PanelProduct(a, panels, epilogue.Start, tail, sizes, batch).Launch(launcher);
        new PanelEpilogue<TActivation>(epilogue, tail, sizes.Columns / PackedPanels.Width * PackedPanels.Width).Launch(launcher);
    }

    /// <summary>How many numbers the last panels have, if they are partial.</summary>
    public static long TailLength(in MatMulSizes sizes, long matrices) =>
        sizes.Columns % PackedPanels.Width == 0 ? 0 : matrices * sizes.Rows * PackedPanels.Width;
}
