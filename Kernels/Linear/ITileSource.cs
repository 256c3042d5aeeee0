namespace GpuKeras.Kernels.Linear;

/// <summary>
/// An operand of a <see cref="TiledProduct{TTile, TLeft, TRight, TEpilogue, T}"/> as its items read it: lines, which are rows of A or
/// columns of B, of numbers along k. It need not lie in memory like that: a convolution's lines are windows of an image.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// A struct of the item's own: <see cref="Start"/> puts it to the item's first quad of a tile, <see cref="Next"/> reads there and moves on
/// along k, so that whatever an address is made of is computed once or stepped, not divided out again for each number.
/// </remarks>
internal interface ITileSource<T>
    where T : unmanaged
{
    /// <summary>Whether the numbers of a quad belong to neighbouring lines at one k, instead of to one line at neighbouring k.</summary>
    /// <remarks>The direction that is contiguous in memory. The same for all items of a launch.</remarks>
    bool AlongLines { get; }

    /// <summary>Whether <see cref="Copy"/> is there: the numbers lie in memory one by one.</summary>
    static virtual bool CanCopy => false;

    /// <summary>Goes to a quad.</summary>
    /// <param name="matrix">Which product of the batch.</param>
    /// <param name="line">The line of the quad's first number, a multiple of four if <see cref="AlongLines"/>; may lie outside.</param>
    /// <param name="k">Its k, otherwise a multiple of four; may lie outside.</param>
    /// <param name="end">The first k that does not count.</param>
    void Start(int matrix, int line, int k, int end);

    /// <summary>Reads the quad, with zeros for numbers outside, and goes on by <paramref name="step"/> along k.</summary>
    Quad<T> Next(int step);

    /// <summary>Starts copying the quad to shared memory (<see cref="AsyncCopy"/>), with zeros for numbers outside, and goes on.</summary>
    /// <param name="stripes">Shared memory; what is copied are float32.</param>
    /// <param name="place">Where the quad's first number goes: a multiple of four if <see cref="AlongLines"/>.</param>
    /// <param name="pitch">From the numbers of one k to those of the next.</param>
    /// <param name="step">How far to go on along k.</param>
    void Copy(ArrayView<float> stripes, int place, int pitch, int step) =>
        throw new NotSupportedException($"{GetType().Name}: its numbers are read, not copied; ask CanCopy.");
}
