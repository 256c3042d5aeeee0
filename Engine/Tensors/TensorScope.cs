namespace GpuKeras;

/// <summary>Gives back the memory of every tensor made inside it, at once, when it is disposed.</summary>
/// <remarks>
/// Optional: without a scope, memory comes back through the garbage collector. <c>Fit</c> opens one around each step.
/// Variables never belong to a scope. <see cref="Tensor.Keep"/> lets a tensor outlive its scope; using one that did not is an
/// <see cref="ObjectDisposedException"/>. A scope belongs to the thread that opened it, and scopes nest.
/// </remarks>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? current;

    // The lists are reused, so that a scope in a steady loop allocates nothing but itself.
    [ThreadStatic]
    private static Stack<List<(Storage Storage, int Generation)>>? spareLists;

    private readonly TensorScope? parent;
    private List<(Storage Storage, int Generation)>? owned;

    /// <summary>Opens a scope on the calling thread.</summary>
    public TensorScope()
    {
        parent = current;
        current = this;
        owned = (spareLists ??= new()).TryPop(out var spare) ? spare : [];
    }

    /// <summary>The innermost open scope of the calling thread, or null.</summary>
    internal static TensorScope? Current => current;

    /// <summary>Closes the scope and gives its tensors' memory back.</summary>
    public void Dispose()
    {
        if (owned is null)
            return;
        if (current != this)
            throw new InvalidOperationException("TensorScope: must be closed on its own thread, inner scopes first");
        current = parent;
        foreach (var (storage, generation) in owned)
            if (storage.Generation == generation && storage.Scope == this)
                storage.Recycle();
        owned.Clear();
        spareLists!.Push(owned);
        owned = null;
    }

    /// <summary>Hides all scopes until disposed, for tensors that live on: variables and what callers keep.</summary>
    internal static Suspension Suspend() => new(current);

    internal void Own(Storage storage)
    {
        storage.Scope = this;
        owned!.Add((storage, storage.Generation));
    }

    /// <summary>Moves a storage from its scope to the enclosing one, or out of all scopes.</summary>
    internal static void Keep(Storage storage)
    {
        if (storage.Scope is not { } scope)
            return;
        storage.Scope = null;
        scope.parent?.Own(storage);
    }

    internal readonly ref struct Suspension
    {
        private readonly TensorScope? suspended;

        public Suspension(TensorScope? suspended)
        {
            this.suspended = suspended;
            current = null;
        }

        public void Dispose() => current = suspended;
    }
}
