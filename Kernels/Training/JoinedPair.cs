namespace GpuKeras.Kernels.Training;

/// <summary>Twice as many places: an item finds its computation by halving, and neighbouring items take the same branches.</summary>
/// <typeparam name="THalf">Half of the places.</typeparam>
/// <typeparam name="TItem">The computation.</typeparam>
/// <param name="first">The first half.</param>
/// <param name="second">The second half.</param>
internal readonly struct JoinedPair<THalf, TItem>(in THalf first, in THalf second) : IJoinedPlaces<JoinedPair<THalf, TItem>, TItem>
    where THalf : struct, IJoinedPlaces<THalf, TItem>
    where TItem : struct, IItemStep
{
    private readonly THalf first = first;
    private readonly THalf second = second;

    /// <inheritdoc/>
    public static int Size => 2 * THalf.Size;

    /// <inheritdoc/>
    public int Start => first.Start;

    /// <inheritdoc/>
    public JoinedPair<THalf, TItem> With(int place, in TItem item, int start) => new(
        place < THalf.Size ? first.With(place, item, start) : first,
        second.With(Math.Max(place - THalf.Size, 0), item, start));

    /// <inheritdoc/>
    public void Run(int index)
    {
        if (index < second.Start)
            first.Run(index);
        else
            second.Run(index);
    }
}
