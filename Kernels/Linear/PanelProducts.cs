using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>Queues products of float32 on a CPU-like device.</summary>
internal static class PanelProducts
{
    /// <summary>C = f(start + A · B).</summary>
    /// <param name="launcher">The device.</param>
    /// <param name="a">The rows of A.</param>
    /// <param name="b">The columns of B.</param>
    /// <param name="matrices">How many products.</param>
    /// <param name="hasOneB">Whether all have the same B.</param>
    /// <param name="epilogue">C, what the sums start from, and f.</param>
    public static void Launch<TActivation>(
        ILauncher launcher, in ProductOperand<float> a, in ProductOperand<float> b, int matrices, bool hasOneB,
        in MatMulEpilogue<TActivation, FloatLane, float> epilogue)
        where TActivation : struct, IUnaryFunction
    {
        var scratch = new ProductScratch<float>(launcher);
        var tuning = new PanelTuning(a, b, matrices, hasOneB);
        var way = tuning.Way(launcher.Choose(tuning));
        if (way == PanelWay.Narrow)
            NarrowProducts.Launch(launcher, a, b, matrices, epilogue, ref scratch);
        else
            Launch(
                launcher, a, Panels(launcher, way, b, matrices, hasOneB, ref scratch), matrices, epilogue,
                launcher.Scratch<float>(TailLength(a.Lines, b.Lines, matrices)));
    }

    /// <summary>The same with B's panels at hand.</summary>
    /// <param name="tail">Scratch memory of <see cref="TailLength"/>.</param>
    public static void Launch<TActivation>(
        ILauncher launcher, in ProductOperand<float> a, in PackedPanels panels, int matrices,
        in MatMulEpilogue<TActivation, FloatLane, float> epilogue, ArrayView<float> tail)
        where TActivation : struct, IUnaryFunction
    {
        var wholeColumns = epilogue.Columns / PackedPanels.Width * PackedPanels.Width;
        if (tail.Length > 0 && epilogue.Start.IsPresent)
            launcher.Launch(tail.Length, StartTail, (epilogue.Start, tail, wholeColumns));
        new PanelProduct(a, panels, epilogue.Start, tail).Launch(launcher, matrices);
        new PanelEpilogue<TActivation>(epilogue, tail, wholeColumns).Launch(launcher);
    }

    /// <summary>epilogue(Σₖ A[row, k] · B[k, column]), all float32, by way of scratch memory.</summary>
    public static void LaunchSums<TEpilogue, T>(
        ILauncher launcher, in ProductOperand<T> a, in ProductOperand<T> b, int matrices, in TEpilogue epilogue,
        ref ProductScratch<T> scratch)
        where TEpilogue : struct, ITileEpilogue<T>
        where T : unmanaged
    {
        var (left, right) = (a.Cast<float>(), b.Cast<float>());
        var tuning = new PanelTuning(left, right, matrices, hasOneB: false);
        var way = tuning.Way(launcher.Choose(tuning));
        if (way == PanelWay.Narrow)
            NarrowProducts.Launch(launcher, left, right, matrices, epilogue, ref scratch);
        else
            new PartialProductsSum<TEpilogue, T>(
                LaunchSums(launcher, way, left, right, matrices, hasOneB: false, ref scratch), epilogue,
                new(matrices, a.Lines, b.Lines, a.Inner, 1, a.Inner)).Launch(launcher);
    }

    /// <summary>Σₖ A[row, k] · B[k, column] in scratch memory.</summary>
    public static PartialProducts<T> LaunchSums<T>(
        ILauncher launcher, PanelWay way, in ProductOperand<float> a, in ProductOperand<float> b, int matrices, bool hasOneB,
        ref ProductScratch<T> scratch)
        where T : unmanaged
    {
        var panels = Panels(launcher, way, b, matrices, hasOneB, ref scratch);
        var pitch = panels.Across * PackedPanels.Width;
        var sums = scratch.Sums.Get((long)matrices * a.Lines * pitch);
        new PanelProduct(a, panels, new(sums.Cast<float>(), default, a.Lines, pitch, false), default).Launch(launcher, matrices);
        return new(sums, a.Lines, pitch);
    }

    /// <summary>How many numbers the last panels have, if they are partial.</summary>
    public static long TailLength(int rows, int columns, long matrices) =>
        columns % PackedPanels.Width == 0 ? 0 : matrices * rows * PackedPanels.Width;

    // The sums of the last, partial panels start where all others do, so that they round alike.
    private static void StartTail(Index1D index, (ProductStart Start, ArrayView<float> Tail, int FirstColumn) work)
    {
        var line = index.X / PackedPanels.Width;
        var column = work.FirstColumn + index.X - line * PackedPanels.Width;
        work.Tail[index] = column < work.Start.Columns ? work.Start.Of(line, column) : 0;
    }

    // In place, a partial last panel is copied all the same.
    private static PackedPanels Panels<T>(
        ILauncher launcher, PanelWay way, in ProductOperand<float> b, int matrices, bool hasOneB, ref ProductScratch<T> scratch)
        where T : unmanaged => PackedPanels.Launch(
            launcher, b, matrices, way == PanelWay.InPlace ? b.Lines / PackedPanels.Width : 0, hasOneB, ref scratch.Panels);
}
