namespace GpuKeras;

/// <summary>Changes elements one by one, and gives back at once what the change needed only in between.</summary>
internal static class MapElements
{
    /// <summary>The changed elements.</summary>
    public static IEnumerable<Batch> Run(IEnumerable<Batch> elements, Func<Batch, Batch> change)
    {
        foreach (var element in elements)
            yield return Change(element, change);
    }

    private static Batch Change(Batch element, Func<Batch, Batch> change)
    {
        using var scope = new TensorScope();
        var changed = change(element.Receive()) ?? throw new InvalidOperationException("Dataset.Map: the function returned null");
        changed.ForEach(tensor =>
        {
            if (scope.Owns(tensor.Storage))
                TensorScope.Send(tensor.Storage);
        });
        return changed;
    }
}
