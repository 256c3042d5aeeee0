namespace GpuKeras;

/// <summary>How long a training is and how it is shown.</summary>
internal sealed record TrainingRun
{
    public TrainingRun(
        int epochs, int initialEpoch, int? stepsPerEpoch, int? validationSteps, int validationFrequency, int verbose, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        ArgumentOutOfRangeException.ThrowIfNegative(initialEpoch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(validationFrequency);
        if (stepsPerEpoch is <= 0)
            throw new ArgumentOutOfRangeException(nameof(stepsPerEpoch), $"stepsPerEpoch: must be positive; got {stepsPerEpoch}");
        (Epochs, InitialEpoch, StepsPerEpoch) = (epochs, initialEpoch, stepsPerEpoch);
        (ValidationSteps, ValidationFrequency, Verbose, Cancellation) = (validationSteps, validationFrequency, verbose, cancellation);
    }

    public int Epochs { get; }

    public int InitialEpoch { get; }

    public int? StepsPerEpoch { get; }

    public int? ValidationSteps { get; }

    public int ValidationFrequency { get; }

    public int Verbose { get; }

    public CancellationToken Cancellation { get; }
}
