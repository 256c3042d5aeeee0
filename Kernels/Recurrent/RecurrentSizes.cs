namespace GpuKeras.Kernels.Recurrent;

/// <summary>The sizes of a walk over a sequence, and which of its results are wanted.</summary>
/// <param name="Batch">Samples.</param>
/// <param name="Steps">Steps of the sequence.</param>
/// <param name="Units">The size of each state.</param>
/// <param name="States">How many states are carried from step to step; the first is the output.</param>
/// <param name="GoBackwards">Whether the walk starts at the end of the sequence.</param>
/// <param name="ReturnSequences">Whether the outputs of all steps are wanted, in the order of the walk, or that of the last step.</param>
/// <param name="ReturnStates">Whether the last states are wanted after the outputs.</param>
/// <param name="ZeroMasked">Whether the output of a masked step is zeros instead of the output before.</param>
public readonly record struct RecurrentSizes(
    int Batch, int Steps, int Units, int States, bool GoBackwards, bool ReturnSequences, bool ReturnStates, bool ZeroMasked)
{
    /// <summary>Rows <c>[units]</c> of one sample's output: its steps or the last one, then its states.</summary>
    public int OutputRows => OutputSteps + (ReturnStates ? States : 0);

    /// <summary>Rows of one sample's output before its states.</summary>
    public int OutputSteps => ReturnSequences ? Steps : 1;

    /// <summary>The place in the sequence of the walk's <paramref name="step"/>-th step.</summary>
    public int Position(int step) => GoBackwards ? Steps - 1 - step : step;

    /// <summary>
    /// Where the states before the <paramref name="step"/>-th step lie among all <c>[steps + 1, batch, units]</c>: in the order of the
    /// sequence, so that those before all steps are one part of memory. Those after it lie where those before the next one do.
    /// </summary>
    public int StatesBefore(int step) => GoBackwards ? Steps - step : step;

    /// <summary>The sample and the unit of an element of a state <c>[batch, units]</c>.</summary>
    internal (int Sample, int Unit) Place(int index)
    {
        var sample = index / Units;
        return (sample, index - sample * Units);
    }
}
