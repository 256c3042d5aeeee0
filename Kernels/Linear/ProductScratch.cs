namespace GpuKeras.Kernels.Linear;

/// <summary>Scratch memory of products that are queued one after the other.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="launcher">The device.</param>
internal struct ProductScratch<T>(ILauncher launcher)
    where T : unmanaged
{
    /// <summary>For sums that are not finished.</summary>
    public ReusedScratch<T> Sums = new(launcher);

    /// <summary>For copies of B.</summary>
    public ReusedScratch<T> Panels = new(launcher);
}
