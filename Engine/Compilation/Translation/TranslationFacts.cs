namespace GpuKeras.Compilation;

/// <summary>
/// What one attempt to translate a kernel found out too late, for the next attempt to know from the start. Names are those of
/// <see cref="Slot.Id"/> and of blocks.
/// </summary>
internal sealed class TranslationFacts
{
    /// <summary>Variables that do not keep, around a loop, the value that they had at its start: pairs of a block and a variable.</summary>
    public HashSet<(ulong Block, ulong Slot)> Varying { get; } = [];

    /// <summary>Blocks that are reached again after they were translated, though no loop starts there.</summary>
    public HashSet<ulong> ReachedLate { get; } = [];

    /// <summary>InlineArrays that are a kernel argument's on one way and something else on another: always copied to registers.</summary>
    public HashSet<ulong> Expanded { get; } = [];

    /// <summary>InlineArrays that are indexed at run time: they live in memory.</summary>
    public HashSet<ulong> InMemory { get; } = [];

    /// <summary>Variables that hold a pointer, though a null was stored first.</summary>
    public Dictionary<ulong, IrType> Pointers { get; } = [];

    /// <summary>Whether this attempt added something: its result is worth nothing.</summary>
    public bool Changed { get; set; }
}
