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

    // Shared memory from where the item's quads go.
    private ArrayView<uint> target;
    private ArrayView<uint> farTarget;
    private TSource source;
    private TSource farSource;
    private MatrixUnitQuad<TNumber, T> quad;
    private MatrixUnitQuad<TNumber, T> farQuad;

    /// <inheritdoc/>
    public static int Depth => Words * TNumber.PerWord;

    // Two numbers of bfloat16 would lie in twice the memory, and reading that is what bounds the speed.
    /// <inheritdoc/>
    public static bool CanCopy => TNumber.PerWord == 1 && TSource.CanCopy;

    /// <inheritdoc/>
    public static bool CanBeWhole => TSource.CanBeWhole;

    /// <inheritdoc/>
    public static int Length => Place(Words);

    /// <inheritdoc/>
    public readonly bool IsWhole => source.IsWhole;

    private static int Pitch => TTile.Side + BankStep;

    // From the place of an item's first quad to that of its second: half of the words further, or half of the lines.
    private static int FarWords => Place(Words / 2);

    private static int FarLines => TTile.Side / 2;

    /// <summary>Where the lines' words of a place along k start.</summary>
    public static int Place(int word) => word * Pitch + word / 4 * BankStep;

    /// <summary>Goes to the tile's first step.</summary>
    /// <param name="stripes">All buffers.</param>
    /// <param name="source">The operand.</param>
    /// <param name="matrix">Which product of the batch.</param>
    /// <param name="firstLine">The tile's first line.</param>
    /// <param name="first">The first k.</param>
    /// <param name="end">The first k that does not count.</param>
    public void Start(ArrayView<uint> stripes, in TSource source, int matrix, int firstLine, int first, int end)
    {
        this.source = source;
        farSource = source;
        var item = Group.IdxX;
        if (source.AlongLines)
        {
            var word = item / (TTile.Side / 4);
            var line = item % (TTile.Side / 4) * 4;
            target = QuadMemory.From(stripes, Place(word) + line);
            farTarget = QuadMemory.From(target, FarWords);
            this.source.Start(matrix, firstLine + line, first + word * TNumber.PerWord, end);
            farSource.Start(matrix, firstLine + line, first + word * TNumber.PerWord + Depth / 2, end);
        }
        else
        {
            var line = item / (Words / 4);
            var word = item % (Words / 4) * 4;
            target = QuadMemory.From(stripes, Place(word) + line);
            farTarget = QuadMemory.From(target, FarLines);
            this.source.Start(matrix, firstLine + line, first + word * TNumber.PerWord, end);
            farSource.Start(matrix, firstLine + line + FarLines, first + word * TNumber.PerWord, end);
        }
    }

    /// <inheritdoc/>
    public void Read()
    {
        quad.Read(ref source, Depth);
        farQuad.Read(ref farSource, Depth);
    }

    /// <inheritdoc/>
    public void ReadWhole()
    {
        // Constants on both ways: then a step costs one addition to an address.
        if (TNumber.PerWord == 1 || source.AlongLines)
            ReadWhole(1);
        else
            ReadWhole(Quad<T>.Count);
    }

    /// <inheritdoc/>
    public readonly void Put(int buffer)
    {
        var own = QuadMemory.From(target, buffer);
        if (source.AlongLines)
        {
            QuadMemory.Store(own, 0, quad.AcrossLines());
            QuadMemory.Store(own, FarWords, farQuad.AcrossLines());
        }
        else
        {
            PutAlongK(own, 0, quad.AlongK());
            PutAlongK(own, FarLines, farQuad.AlongK());
        }
    }

    /// <inheritdoc/>
    public void Copy(int buffer)
    {
        source.Copy(QuadMemory.From(target, buffer).Cast<float>(), Pitch, Depth);
        farSource.Copy(QuadMemory.From(farTarget, buffer).Cast<float>(), Pitch, Depth);
    }

    /// <inheritdoc/>
    public void CopyWhole(int buffer)
    {
        source.CopyWhole(QuadMemory.From(target, buffer).Cast<float>(), Pitch, Depth);
        farSource.CopyWhole(QuadMemory.From(farTarget, buffer).Cast<float>(), Pitch, Depth);
    }

    private void ReadWhole(int between)
    {
        quad.ReadWhole(ref source, between, Depth);
        farQuad.ReadWhole(ref farSource, between, Depth);
    }

    private static void PutAlongK(ArrayView<uint> stripes, int place, in Quad<uint> words)
    {
        stripes[place] = words.X;
        stripes[place + Pitch] = words.Y;
        stripes[place + 2 * Pitch] = words.Z;
        stripes[place + 3 * Pitch] = words.W;
    }
}
