namespace GpuKeras.Kernels.Linear;

/// <summary>Sixteen words of each line of one operand, in shared memory as <see cref="MatrixUnitProduct{TTile, TNumber, TLeft, TRight, TEpilogue, T}"/> reads them.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
/// <typeparam name="TNumber">What the words hold.</typeparam>
/// <typeparam name="TSource">The operand.</typeparam>
/// <typeparam name="T">float.</typeparam>
/// <remarks>
/// Words lie k outermost. An item brings two quads of them. Neighbours along k lie 8 banks apart, so that eight items, which read
/// quads of two places at four k, touch all 32 banks once; after each four another 8 are left free, so that a warp's quads along k,
/// eight lines of four times four words, fall into different banks when they are put. Numbers are rounded when they are put, once
/// for all warps that read them; what is copied is not.
/// </remarks>
internal struct MatrixUnitStripes<TTile, TNumber, TSource, T> : IStripes<uint>
    where TTile : struct, IMatrixUnitTile
    where TNumber : struct, IMatrixNumber
    where TSource : struct, ITileSource<T>
    where T : unmanaged
{
    /// <summary>The words of a line.</summary>
    public const int Words = 16;

    private const int BankStep = 8;

    // Where the item's quads go.
    private int target;
    private int farTarget;
    private TSource source;
    private TSource farSource;
    private MatrixUnitQuad<TNumber, T> quad;
    private MatrixUnitQuad<TNumber, T> farQuad;

    /// <summary>How far one step goes along k.</summary>
    public static int Depth => Words * TNumber.PerWord;

    // Two numbers of bfloat16 would lie in twice the memory, and reading that is what bounds the speed.
    /// <inheritdoc/>
    public static bool CanCopy => TNumber.PerWord == 1 && TSource.CanCopy;

    /// <inheritdoc/>
    public static int Length => Place(Words);

    private static int Pitch => TTile.Side + BankStep;

    /// <summary>Where the lines' words of a place along k start.</summary>
    public static int Place(int word) => word * Pitch + word / 4 * BankStep;

    /// <summary>Goes to the tile's first step.</summary>
    /// <param name="source">The operand.</param>
    /// <param name="matrix">Which product of the batch.</param>
    /// <param name="firstLine">The tile's first line.</param>
    /// <param name="first">The first k.</param>
    /// <param name="end">The first k that does not count.</param>
    public void Start(in TSource source, int matrix, int firstLine, int first, int end)
    {
        this.source = source;
        farSource = source;
        var item = Group.IdxX;
        if (source.AlongLines)
        {
            var word = item / (TTile.Side / 4);
            var line = item % (TTile.Side / 4) * 4;
            target = Place(word) + line;
            farTarget = target + Place(Words / 2);
            this.source.Start(matrix, firstLine + line, first + word * TNumber.PerWord, end);
            farSource.Start(matrix, firstLine + line, first + word * TNumber.PerWord + Depth / 2, end);
        }
        else
        {
            var line = item / (Words / 4);
            var word = item % (Words / 4) * 4;
            target = Place(word) + line;
            farTarget = target + TTile.Side / 2;
            this.source.Start(matrix, firstLine + line, first + word * TNumber.PerWord, end);
            farSource.Start(matrix, firstLine + line + TTile.Side / 2, first + word * TNumber.PerWord, end);
        }
    }

    /// <inheritdoc/>
    public void Read()
    {
        quad.Read(ref source, Depth);
        farQuad.Read(ref farSource, Depth);
    }

    /// <inheritdoc/>
    public readonly void Put(ArrayView<uint> stripes, int buffer)
    {
        Put(stripes, buffer + target, quad);
        Put(stripes, buffer + farTarget, farQuad);
    }

    /// <inheritdoc/>
    public void Copy(ArrayView<uint> stripes, int buffer)
    {
        source.Copy(stripes.Cast<float>(), buffer + target, Pitch, Depth);
        farSource.Copy(stripes.Cast<float>(), buffer + farTarget, Pitch, Depth);
    }

    private readonly void Put(ArrayView<uint> stripes, int place, in MatrixUnitQuad<TNumber, T> numbers)
    {
        if (source.AlongLines)
        {
            QuadMemory.Store(stripes, place, numbers.AcrossLines());
            return;
        }
        var words = numbers.AlongK();
        stripes[place] = words.X;
        stripes[place + Pitch] = words.Y;
        stripes[place + 2 * Pitch] = words.Z;
        stripes[place + 3 * Pitch] = words.W;
    }
}
