namespace GpuKeras.Kernels.Training;

/// <summary>One computation of a <see cref="JoinedBatch{TPlaces, TItem}"/>.</summary>
/// <typeparam name="TItem">The computation.</typeparam>
/// <param name="item">The computation.</param>
/// <param name="start">Its first item.</param>
internal readonly struct JoinedItem<TItem>(in TItem item, int start) : IJoinedPlaces<JoinedItem<TItem>, TItem>
    where TItem : struct, IItemStep
{
    private readonly TItem item = item;

    /// <inheritdoc/>
    public static int Size => 1;

    /// <inheritdoc/>
    public int Start { get; } = start;

    /// <inheritdoc/>
    public JoinedItem<TItem> With(int place, in TItem item, int start) => new(item, start);

    /// <inheritdoc/>
    public void Run(int index) => item.Run(index - Start);
}
