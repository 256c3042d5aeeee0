namespace GpuKeras.Kernels.Linear;

/// <summary>One operand of a product as a group keeps it in shared memory: a few steps of k of each line of its tile, in several buffers.</summary>
/// <typeparam name="TWord">What lies in shared memory.</typeparam>
/// <remarks>A struct of the item's own, at the item's place in the tile; each method goes on along k by one step.</remarks>
internal interface IStripes<TWord>
    where TWord : unmanaged
{
    /// <summary>Whether <see cref="Copy"/> is there: numbers lie in shared memory as in global memory.</summary>
    static abstract bool CanCopy { get; }

    /// <summary>Whether <see cref="IsWhole"/> can be true, and what is for whole steps is there.</summary>
    static abstract bool CanBeWhole { get; }

    /// <summary>How far one step goes along k.</summary>
    static abstract int Depth { get; }

    /// <summary>The length of a buffer.</summary>
    static abstract int Length { get; }

    /// <summary>Whether steps that end before k does can be read without a look at edges. The same for all items.</summary>
    bool IsWhole { get; }

    /// <summary>Reads the item's numbers of the next step, which are zeros past the end.</summary>
    void Read();

    /// <summary><see cref="Read"/> of a whole step.</summary>
    void ReadWhole();

    /// <summary>Puts what was read into shared memory.</summary>
    /// <param name="buffer">Where the buffer starts.</param>
    void Put(int buffer);

    /// <summary>Starts copying the item's numbers of the next step to shared memory, as they are.</summary>
    /// <param name="buffer">Where the buffer starts.</param>
    void Copy(int buffer);

    /// <summary><see cref="Copy"/> of a whole step.</summary>
    /// <inheritdoc cref="Copy"/>
    void CopyWhole(int buffer);
}
