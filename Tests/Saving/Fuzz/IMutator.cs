namespace GpuKeras.Tests.Saving.Fuzz;

/// <summary>Makes another input out of a good one.</summary>
internal interface IMutator
{
    /// <summary>A changed copy; the same random numbers make the same one.</summary>
    byte[] Mutate(Random random, byte[] input);
}
