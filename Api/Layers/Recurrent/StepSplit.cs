namespace GpuKeras.Layers;

/// <summary>Cuts a sequence into its steps.</summary>
internal static class StepSplit
{
    /// <summary>The slices <c>[…]</c> of a tensor <c>[steps, …]</c>, which share its memory.</summary>
    /// <remarks>
    /// By halves: the gradient of a slice is as large as what it was cut from, so cutting every step from the whole would take time
    /// that grows with the square of the steps; this way it grows with steps · log(steps).
    /// </remarks>
    public static void Into(Tensor sequence, Span<Tensor> steps)
    {
        if (steps.Length == 0)
            return;
        if (steps.Length == 1)
        {
            steps[0] = sequence.Squeeze(0);
            return;
        }
        var half = steps.Length / 2;
        Into(sequence[..half], steps[..half]);
        Into(sequence[half..], steps[half..]);
    }
}
