namespace GpuKeras.Hdf5.Reading;

/// <summary>Half the number of children of the nodes of version 1 trees.</summary>
/// <param name="GroupLeaf">Symbols in a leaf of a group.</param>
/// <param name="GroupInternal">Children of a node of a group.</param>
/// <param name="ChunkInternal">Children of a node of a chunk index.</param>
internal readonly record struct TreeSizes(int GroupLeaf, int GroupInternal, int ChunkInternal)
{
    /// <summary>The format's own.</summary>
    public static TreeSizes Default => new(4, 16, 32);
}
