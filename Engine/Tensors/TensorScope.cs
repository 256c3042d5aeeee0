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

    // Marks what a data pipeline has made and nobody has taken yet; it is never closed.
    private static readonly TensorScope Transit = new(parent: null);

    private readonly TensorScope? parent;
    private List<(Storage Storage, int Generation)>? owned;

    /// <summary>Opens a scope on the calling thread.</summary>
    public TensorScope()
    {
        parent = current;
        current = this;
        owned = (spareLists ??= new()).TryPop(out var spare) ? spare : [];
    }

    private TensorScope(TensorScope? parent) => this.parent = parent;

    /// <summary>The innermost open scope of the calling thread, or null.</summary>
    internal static TensorScope? Current => current;

    /// <summary>Closes the scope and gives its tensors' memory back.</summary>
    public void Dispose()
    {
        if (owned is null)
            return;
        if (current != this)
            throw new InvalidOperationException("TensorScope: must be closed on its own thread, inner scopes first. Hint: using closes it in time; no await inside.");
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

    /// <summary>Whether this scope will hand a storage back.</summary>
    internal bool Owns(Storage storage) => storage.Scope == this;

    /// <summary>
    /// Takes a storage out of its scope, to be passed to another thread or step, where <see cref="Receive"/> takes it in.
    /// </summary>
    internal static void Send(Storage storage) => storage.Scope = Transit;

    /// <summary>Whether a storage was sent and not received yet.</summary>
    internal static bool IsInTransit(Storage storage) => storage.Scope == Transit;

    /// <summary>Lets the calling thread's current scope own a storage, if it was sent; without a scope, nobody owns it.</summary>
    internal static void Receive(Storage storage)
    {
        if (storage.Scope != Transit)
            return;
        storage.Scope = null;
        current?.Own(storage);
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
