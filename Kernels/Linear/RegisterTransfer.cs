namespace GpuKeras.Kernels.Linear;

/// <summary>Numbers come by way of registers, into two buffers: those of the next step are under way while one step is multiplied.</summary>
/// <inheritdoc cref="ITileTransfer{TLeft, TRight, TWord}"/>
internal struct RegisterTransfer<TLeft, TRight, TWord> : ITileTransfer<TLeft, TRight, TWord>
    where TLeft : struct, IStripes<TWord>
    where TRight : struct, IStripes<TWord>
    where TWord : unmanaged
{
    private TLeft left;
    private TRight right;
    private ArrayView<TWord> leftStripes;
    private ArrayView<TWord> rightStripes;

    /// <inheritdoc/>
    public static int Buffers => 2;

    /// <inheritdoc/>
    public static bool IsCopy => false;

    /// <inheritdoc/>
    public int Buffer { get; private set; }

    /// <inheritdoc/>
    public void Start(in TLeft left, in TRight right, ArrayView<TWord> leftStripes, ArrayView<TWord> rightStripes)
    {
        (this.left, this.right) = (left, right);
        (this.leftStripes, this.rightStripes) = (leftStripes, rightStripes);
        Begin();
        Put();
    }

    /// <inheritdoc/>
    public void Begin()
    {
        left.Read();
        right.Read();
    }

    /// <inheritdoc/>
    public void End()
    {
        Buffer = TLeft.Length - Buffer;
        Put();
    }

    /// <inheritdoc/>
    public readonly void Finish()
    {
    }

    // Each step needs one barrier: what others still multiply lies in the other buffer.
    private readonly void Put()
    {
        left.Put(leftStripes, Buffer);
        right.Put(rightStripes, Buffer);
        Group.Barrier();
    }
}
