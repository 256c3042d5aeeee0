namespace GpuKeras;

/// <summary>Where <c>Fit</c>, <c>Evaluate</c> and <c>Predict</c> take their batches from.</summary>
internal abstract class BatchSource
{
    /// <summary>The number of batches of one pass, if it is known.</summary>
    public abstract int? Steps { get; }

    /// <summary>Whether a pass never ends.</summary>
    public virtual bool IsInfinite => false;

    /// <summary>The batches of one pass over the data.</summary>
    public abstract IEnumerable<Batch> Pass();
}
