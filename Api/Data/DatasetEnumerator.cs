using System.Collections;

namespace GpuKeras;

/// <summary>Hands a pipeline's elements to a consumer, whose scope then owns what the pipeline made for it.</summary>
internal sealed class DatasetEnumerator(IEnumerator<Batch> elements) : IEnumerator<Batch>
{
    /// <inheritdoc/>
    public Batch Current => elements.Current;

    /// <inheritdoc/>
    object IEnumerator.Current => Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        // What a pipeline keeps for later, in a shuffle's buffer for instance, must outlive the consumer's step.
        using (TensorScope.Suspend())
            if (!elements.MoveNext())
                return false;
        if (elements.Current is null)
            throw new InvalidOperationException("Dataset: an element is null");
        elements.Current.Receive();
        return true;
    }

    /// <inheritdoc/>
    public void Reset() => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Dispose()
    {
        using (TensorScope.Suspend())
            elements.Dispose();
    }
}
