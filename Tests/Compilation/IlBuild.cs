namespace GpuKeras.Tests.Compilation;

/// <summary>How C# was compiled to the IL that the kernel compiler reads.</summary>
public enum IlBuild
{
    /// <summary>As this assembly was: optimised in a Release build.</summary>
    Optimised,

    /// <summary>Unoptimised: every variable is stored and loaded again, every condition kept in one.</summary>
    Debug,
}
