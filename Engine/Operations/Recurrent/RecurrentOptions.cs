namespace GpuKeras;

/// <summary>How a recurrent layer walks over its sequence and what it returns.</summary>
internal sealed record RecurrentOptions
{
    /// <summary>Whether the walk starts at the end of the sequence.</summary>
    public bool GoBackwards { get; init; }

    /// <summary>Whether the outputs of all steps are returned, in the order of the walk, or that of the last.</summary>
    public bool ReturnSequences { get; init; }

    /// <summary>Whether the last states follow the outputs.</summary>
    public bool ReturnStates { get; init; }

    /// <summary>Whether the output of a masked step is zeros instead of the output before.</summary>
    public bool ZeroMasked { get; init; }

    /// <summary>Which steps are real, <c>[batch, steps]</c> of bool; null if all are. The others leave the states as they are.</summary>
    public Tensor? Mask { get; init; }
}
