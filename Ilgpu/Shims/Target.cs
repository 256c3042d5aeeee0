namespace GpuKeras.Kernels;

/// <summary>What a body runs on. As C# it runs in ILGPU's simulator; its compiler puts constants in place of these members.</summary>
/// <remarks>ILGPU's own <c>Accelerator.CurrentType</c> is no constant in time for the branches that depend on it.</remarks>
internal static class Target
{
    /// <summary>Whether a body runs in ILGPU's simulator.</summary>
    public static bool IsSimulator => true;

    /// <summary>Whether ILGPU shuffles between 32 neighbouring items there.</summary>
    public static bool HasWarps => true;
}
