namespace GpuKeras.Kernels.Training;

/// <summary>An elementwise computation and its place among those that run in one launch.</summary>
/// <typeparam name="TStep">The computation.</typeparam>
/// <param name="step">The computation, with its own arrays.</param>
/// <param name="start">Where its first element lies in the joined range, a multiple of <see cref="HostLoop.Alignment"/>.</param>
/// <param name="length">How many elements it has.</param>
public readonly struct JoinedStep<TStep>(TStep step, long start, long length)
    where TStep : struct, IElementStep
{
    /// <summary>The computation, with its own arrays.</summary>
    public TStep Step { get; } = step;

    /// <summary>Where its first element lies in the joined range.</summary>
    public long Start { get; } = start;

    /// <summary>How many elements it has.</summary>
    public long Length { get; } = length;

    /// <summary>Where the next computation starts: at whole registers, so that a split of the range cuts between registers.</summary>
    public long Next => Start + (Length + HostLoop.Alignment - 1) / HostLoop.Alignment * HostLoop.Alignment;
}
