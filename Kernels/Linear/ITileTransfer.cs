namespace GpuKeras.Kernels.Linear;

/// <summary>How the numbers of a tiled product come to shared memory while its items multiply.</summary>
/// <typeparam name="TLeft">The rows of A.</typeparam>
/// <typeparam name="TRight">The columns of B.</typeparam>
/// <typeparam name="TWord">What lies in shared memory.</typeparam>
/// <remarks>
/// A product runs <see cref="Start"/>, for each step of k <see cref="Begin"/>, its multiplications from <see cref="Buffer"/>, and
/// <see cref="End"/>, and last <see cref="Finish"/>. Numbers past the end of k are zeros.
/// </remarks>
internal interface ITileTransfer<TLeft, TRight, TWord>
    where TLeft : struct, IStripes<TWord>
    where TRight : struct, IStripes<TWord>
    where TWord : unmanaged
{
    /// <summary>How many buffers each operand needs.</summary>
    static abstract int Buffers { get; }

    /// <summary>Whether numbers lie in shared memory as in global memory, not as <see cref="IStripes{TWord}.Put"/> makes them.</summary>
    static abstract bool IsCopy { get; }

    /// <summary>Where the buffers of the step begin.</summary>
    int Buffer { get; }

    /// <summary>Brings the first numbers on their way.</summary>
    /// <param name="left">A, at its first step.</param>
    /// <param name="right">B, at its first step.</param>
    /// <param name="leftStripes">The buffers for A.</param>
    /// <param name="rightStripes">The buffers for B.</param>
    void Start(in TLeft left, in TRight right, ArrayView<TWord> leftStripes, ArrayView<TWord> rightStripes);

    /// <summary>Brings more numbers on their way; then those of the step can be read.</summary>
    void Begin();

    /// <summary>Goes on to the next step.</summary>
    void End();

    /// <summary>Ends the last step.</summary>
    void Finish();
}
