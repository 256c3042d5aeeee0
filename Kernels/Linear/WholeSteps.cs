namespace GpuKeras.Kernels.Linear;

/// <summary>Which steps of k a transfer can bring without a look at edges: those of whole quads that end before k does.</summary>
internal static class WholeSteps
{
    /// <summary>The last k of a step that begins when such a step is to be brought; −1 for none.</summary>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="buffers">How many buffers each operand has: all but one are filled ahead of the step.</param>
    /// <param name="end">The first k that does not count.</param>
    public static int Last<TLeft, TRight, TWord>(in TLeft left, in TRight right, int buffers, int end)
        where TLeft : struct, IStripes<TWord>
        where TRight : struct, IStripes<TWord>
        where TWord : unmanaged =>
        TLeft.CanBeWhole && TRight.CanBeWhole && left.IsWhole && right.IsWhole ? end - buffers * TLeft.Depth : -1;
}
