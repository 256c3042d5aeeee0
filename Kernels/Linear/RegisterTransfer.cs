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
    private int lastWhole;

    /// <inheritdoc/>
    public static int Buffers => 2;

    /// <inheritdoc/>
    public static bool IsCopy => false;

    /// <inheritdoc/>
    public int Buffer { get; private set; }

    /// <inheritdoc/>
    public void Start(in TLeft left, in TRight right, int end)
    {
        (this.left, this.right) = (left, right);
        lastWhole = WholeSteps.Last<TLeft, TRight, TWord>(left, right, Buffers, end);
        Read();
        Put();
    }

    /// <inheritdoc/>
    public void Begin(int k)
    {
        if (TLeft.CanBeWhole && TRight.CanBeWhole && k <= lastWhole)
        {
            left.ReadWhole();
            right.ReadWhole();
        }
        else
        {
            Read();
        }
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

    private void Read()
    {
        left.Read();
        right.Read();
    }

    // Each step needs one barrier: what others still multiply lies in the other buffer.
    private readonly void Put()
    {
        left.Put(Buffer);
        right.Put(Buffer);
        Group.Barrier();
    }
}
