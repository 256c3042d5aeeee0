namespace GpuKeras.Kernels.Linear;

/// <summary>One operand of a product as a group keeps it in shared memory: a few steps of k of each line of its tile, in several buffers.</summary>
/// <typeparam name="TWord">What lies in shared memory.</typeparam>
/// <remarks>A struct of the item's own, at the item's place in the tile; each method goes on along k by one step.</remarks>
internal interface IStripes<TWord>
    where TWord : unmanaged
{
    /// <summary>Whether <see cref="Copy"/> is there: numbers lie in shared memory as in global memory.</summary>
    static abstract bool CanCopy { get; }

    /// <summary>The length of a buffer.</summary>
    static abstract int Length { get; }

    /// <summary>Reads the item's numbers of the next step, which are zeros past the end.</summary>
    void Read();

    /// <summary>Puts what was read into shared memory.</summary>
    /// <param name="stripes">All buffers.</param>
    /// <param name="buffer">Where the buffer starts.</param>
    void Put(ArrayView<TWord> stripes, int buffer);

    /// <summary>Starts copying the item's numbers of the next step to shared memory, as they are.</summary>
    /// <param name="stripes">All buffers.</param>
    /// <param name="buffer">Where the buffer starts.</param>
    void Copy(ArrayView<TWord> stripes, int buffer);
}
