using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>What follows a <see cref="PanelProduct"/>: functions of the sums, and the columns of the last, partial panel.</summary>
/// <typeparam name="TActivation">The function.</typeparam>
/// <param name="epilogue">C and the function.</param>
/// <param name="tail">The sums of the partial panel, <c>[batch, m, 32]</c>; empty for none.</param>
/// <param name="wholeColumns">How many columns of C hold what the function is to be applied to.</param>
internal readonly struct PanelEpilogue<TActivation>(
    MatMulEpilogue<TActivation, FloatLane, float> epilogue, ArrayView<float> tail, int wholeColumns)
    where TActivation : struct, IUnaryFunction
{
    private readonly MatMulEpilogue<TActivation, FloatLane, float> epilogue = epilogue;
    private readonly ArrayView<float> tail = tail;
    private readonly int wholeColumns = wholeColumns;

    // Where nothing is left to be done with whole panels, only the columns after them.
    private int FirstColumn => epilogue.IsStore ? wholeColumns : 0;

    private int Columns => epilogue.Columns - FirstColumn;

    /// <summary>Queues the functions.</summary>
    public void Launch(ILauncher launcher)
    {
        if (wholeColumns < epilogue.Columns)
            launcher.Launch(epilogue.Length / epilogue.Columns * Columns, Element, this);
        else if (!epilogue.IsStore)
            launcher.Launch(epilogue.Length, WholeElement, this);
    }

    private static void WholeElement(Index1D index, PanelEpilogue<TActivation> last) => last.epilogue.Finish(index.X);

    private static void Element(Index1D index, PanelEpilogue<TActivation> last)
    {
        var line = index.X / last.Columns;
        var column = last.FirstColumn + index.X - line * last.Columns;
        var place = (long)line * last.epilogue.Columns + column;
        if (column < last.wholeColumns)
            last.epilogue.Finish(place);
        else
            last.epilogue.Finish(place, new FloatLane(last.tail[(long)line * PackedPanels.Width + column - last.wholeColumns]));
    }
}
