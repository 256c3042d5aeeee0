namespace GpuKeras.Kernels.Linear;

/// <summary>Sixteen steps of k of one operand, in shared memory as <see cref="MatrixUnitProduct{TTile, TLeft, TRight, TEpilogue, T}"/> reads them.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
/// <typeparam name="TSource">The operand.</typeparam>
/// <typeparam name="T">float.</typeparam>
/// <remarks>
/// k outermost. An item brings two quads. Neighbouring k lie 8 banks apart, so that eight items, which read quads of two places at four
/// k, touch all 32 banks once; after each four k another 8 are left free, so that the numbers of a warp's quads along k, eight lines at
/// four times four k, fall into different banks when they are put.
/// </remarks>
internal struct MatrixUnitStripes<TTile, TSource, T>
    where TTile : struct, IMatrixUnitTile
    where TSource : struct, ITileSource<T>
    where T : unmanaged
{
    /// <summary>How far one step goes along k.</summary>
    public const int Depth = 16;

    private const int BankStep = 8;

    private TSource source;
    private TSource farSource;
    private int target;
    private Quad<T> quad;
    private Quad<T> farQuad;

    /// <summary>The numbers of a buffer, of which there are two.</summary>
    public static int Length => Place(Depth);

    private static int Pitch => TTile.Side + BankStep;

    // From the item's first quad to its second.
    private readonly int FarTarget => source.AlongLines ? Place(Depth / 2) : TTile.Side / 2;

    /// <summary>Where the lines' numbers of a k start.</summary>
    public static int Place(int k) => k * Pitch + k / 4 * BankStep;

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
            var k = item / (TTile.Side / 4);
            var line = item % (TTile.Side / 4) * 4;
            target = Place(k) + line;
            this.source.Start(matrix, firstLine + line, first + k, end);
            farSource.Start(matrix, firstLine + line, first + k + Depth / 2, end);
        }
        else
        {
            var line = item / (Depth / 4);
            var k = item % (Depth / 4) * 4;
            target = Place(k) + line;
            this.source.Start(matrix, firstLine + line, first + k, end);
            farSource.Start(matrix, firstLine + line + TTile.Side / 2, first + k, end);
        }
    }

    /// <summary>Reads the item's numbers of the next step, which are zeros past the end.</summary>
    public void Read()
    {
        quad = source.Next(Depth);
        farQuad = farSource.Next(Depth);
    }

    /// <summary>Puts what was read into shared memory.</summary>
    /// <param name="stripes">Both buffers.</param>
    /// <param name="buffer">Where the buffer starts.</param>
    public readonly void Put(ArrayView<T> stripes, int buffer)
    {
        Put(stripes, buffer + target, quad);
        Put(stripes, buffer + target + FarTarget, farQuad);
    }

    private readonly void Put(ArrayView<T> stripes, int place, in Quad<T> numbers)
    {
        if (source.AlongLines)
        {
            QuadMemory.Store(stripes, place, numbers);
            return;
        }
        stripes[place] = numbers.X;
        stripes[place + Pitch] = numbers.Y;
        stripes[place + 2 * Pitch] = numbers.Z;
        stripes[place + 3 * Pitch] = numbers.W;
    }
}
