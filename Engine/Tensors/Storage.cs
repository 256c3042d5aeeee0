namespace GpuKeras;

/// <summary>A block of device memory and who may use it.</summary>
/// <remarks>
/// Storages are recycled through their device's pool together with their memory, so that a steady training step allocates neither.
/// <see cref="Generation"/> counts the lives of a storage: a tensor of an earlier life knows that its memory is gone.
/// A storage that nobody disposes comes back through its finalizer.
/// </remarks>
internal sealed class Storage(MemoryPool pool, nint handle, long capacityBytes)
{
    private int references;

    ~Storage()
    {
        // Unreachable while in use: no tensor refers to it any more. The pool takes it back, so it needs its finalizer again.
        if (Volatile.Read(ref references) > 0)
        {
            GC.ReRegisterForFinalize(this);
            references = 0;
            Generation++;
            Scope = null;
            pool.Return(this);
        }
    }

    public Device Device => pool.Device;

    public nint Handle => handle;

    public long CapacityBytes => capacityBytes;

    /// <summary>How many times this storage has been handed back.</summary>
    public int Generation { get; private set; }

    /// <summary>Counts the changes of the contents in place, so that a tape notices that a recorded value is gone.</summary>
    public int Version { get; set; }

    /// <summary>The scope that will hand this storage back, if any.</summary>
    public TensorScope? Scope { get; set; }

    /// <summary>Called by the pool when it hands the storage out.</summary>
    public void Start() => references = 1;

    /// <summary>One more tensor shares this storage.</summary>
    public void Share() => Interlocked.Increment(ref references);

    /// <summary>One tensor less uses this storage; the last one hands it back.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref references) == 0)
            HandBack();
    }

    /// <summary>Ends this life of the storage, whoever still refers to it.</summary>
    public void Recycle()
    {
        if (Interlocked.Exchange(ref references, 0) > 0)
            HandBack();
    }

    private void HandBack()
    {
        Generation++;
        Scope = null;
        pool.Return(this);
    }
}
