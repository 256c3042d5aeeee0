namespace GpuKeras;

/// <summary>Updates of one kind that wait for their common launch.</summary>
internal interface IUpdateQueue
{
    /// <summary>Runs what waits, and waits for nothing more.</summary>
    void Run();

    /// <summary>Forgets what waits.</summary>
    void Clear();
}
