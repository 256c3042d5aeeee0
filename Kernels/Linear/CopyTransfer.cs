using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>Numbers are copied in the background, into three buffers: those of two steps are under way while one is multiplied.</summary>
/// <inheritdoc cref="ITileTransfer{TLeft, TRight, TWord}"/>
internal struct CopyTransfer<TLeft, TRight, TWord> : ITileTransfer<TLeft, TRight, TWord>
    where TLeft : struct, IStripes<TWord>
    where TRight : struct, IStripes<TWord>
    where TWord : unmanaged
{
    private TLeft left;
    private TRight right;
    private ArrayView<TWord> leftStripes;
    private ArrayView<TWord> rightStripes;
    private int free;

    /// <inheritdoc/>
    public static int Buffers => 3;

    /// <inheritdoc/>
    public static bool IsCopy => true;

    /// <inheritdoc/>
    public int Buffer { get; private set; }

    /// <summary>Whether a device can do it for these operands.</summary>
    public static bool Suits(DeviceProfile profile) =>
        profile.HasAsyncCopies && TLeft.CanCopy && TRight.CanCopy
        && Buffers * (TLeft.Length + TRight.Length) * Unsafe.SizeOf<TWord>() <= profile.SharedMemoryBytes;

    /// <inheritdoc/>
    public void Start(in TLeft left, in TRight right, ArrayView<TWord> leftStripes, ArrayView<TWord> rightStripes)
    {
        (this.left, this.right) = (left, right);
        (this.leftStripes, this.rightStripes) = (leftStripes, rightStripes);
        for (free = 0; free < (Buffers - 1) * TLeft.Length; free += TLeft.Length)
            Copy();
    }

    /// <inheritdoc/>
    public void Begin()
    {
        // The oldest batch is the step's. Behind the barrier all items' numbers are there, and nobody reads the free buffer any more.
        AsyncCopy.Wait(Buffers - 2);
        Group.Barrier();
        Copy();
    }

    /// <inheritdoc/>
    public void End() =>
        (free, Buffer) = (Buffer, Buffer == (Buffers - 1) * TLeft.Length ? 0 : Buffer + TLeft.Length);

    /// <inheritdoc/>
    public readonly void Finish() => AsyncCopy.Wait(0);

    private void Copy()
    {
        left.Copy(leftStripes, free);
        right.Copy(rightStripes, free);
        AsyncCopy.Commit();
    }
}
