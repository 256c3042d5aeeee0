namespace GpuKeras.Compilation;

/// <summary>A kernel as PTX, ready for the driver.</summary>
/// <param name="Name">The kernel's name in the module.</param>
/// <param name="Text">The module.</param>
/// <param name="DynamicSharedBytes">The shared memory that each launch must ask for; 0 where the module itself declares it.</param>
/// <param name="GroupSize">The most items that a group of a launch may have; 0 where the module does not say.</param>
internal sealed record PtxModule(string Name, string Text, int DynamicSharedBytes, int GroupSize = 0);
