namespace GpuKeras.Kernels.Indexing;

/// <summary>What <see cref="RowSort{TKeys}"/> sorts by: a key for each element of each row.</summary>
internal interface IRowKeys
{
    /// <summary>The key; smaller ones come first.</summary>
    ulong Key(int row, int column);
}
