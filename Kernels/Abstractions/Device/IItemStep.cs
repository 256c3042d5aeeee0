namespace GpuKeras.Kernels;

/// <summary>What one item of a launch over a count of indices does.</summary>
internal interface IItemStep
{
    /// <summary>Does the work of the item <paramref name="index"/>.</summary>
    void Run(int index);
}
