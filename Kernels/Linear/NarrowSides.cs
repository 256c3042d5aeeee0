namespace GpuKeras.Kernels.Linear;

/// <summary>What a group of a <see cref="NarrowProduct{TLong, TShort, TEpilogue, T}"/> takes.</summary>
internal static class NarrowSides
{
    /// <summary>Lines of the short operand.</summary>
    public const int Short = 4;

    /// <summary>Lines of the long operand.</summary>
    public const int Long = 32;
}
