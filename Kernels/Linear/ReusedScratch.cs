namespace GpuKeras.Kernels.Linear;

/// <summary>Scratch memory that launches use one after the other.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="launcher">The device.</param>
internal struct ReusedScratch<T>(ILauncher launcher)
    where T : unmanaged
{
    private ArrayView<T> memory;

    /// <summary>Memory whose contents the previous user has left behind.</summary>
    public ArrayView<T> Get(long length)
    {
        if (memory.Length < length)
            memory = launcher.Scratch<T>(length);
        return memory;
    }
}
