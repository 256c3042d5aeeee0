namespace GpuKeras.Kernels.Linear;

/// <summary>A step of k of one operand, in shared memory as <see cref="TiledProduct{TTile, TLeft, TRight, TEpilogue, T}"/> reads it: k outermost.</summary>
/// <typeparam name="TTile">The tile.</typeparam>
/// <typeparam name="TSource">The operand.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal struct TileStripes<TTile, TSource, T> : IStripes<T>
    where TTile : struct, ITileShape
    where TSource : struct, ITileSource<T>
    where T : unmanaged
{
    private int target;
    private TSource source;
    private Quad<T> quad;

    /// <summary>Goes to this item's quad of the tile's first step.</summary>
    /// <param name="source">The operand.</param>
    /// <param name="matrix">Which product of the batch.</param>
    /// <param name="firstLine">The tile's first line.</param>
    /// <param name="first">The first k.</param>
    /// <param name="end">The first k that does not count.</param>
    public void Start(in TSource source, int matrix, int firstLine, int first, int end)
    {
        this.source = source;
        int line, k;
        if (source.AlongLines)
        {
            k = Group.IdxX / (TTile.Side / Quad<T>.Count);
            line = Group.IdxX % (TTile.Side / Quad<T>.Count) * Quad<T>.Count;
        }
        else
        {
            line = Group.IdxX / (TTile.Depth / Quad<T>.Count);
            k = Group.IdxX % (TTile.Depth / Quad<T>.Count) * Quad<T>.Count;
        }
        this.source.Start(matrix, firstLine + line, first + k, end);
        target = k * Pitch + line;
    }

    /// <summary>From one k to the next.</summary>
    public static int Pitch => TTile.Side + Quad<T>.Padding;

    /// <inheritdoc/>
    public static int Length => TTile.Depth * Pitch;

    /// <inheritdoc/>
    public static bool CanCopy => typeof(T) == typeof(float) && TSource.CanCopy;

    /// <inheritdoc/>
    public void Read() => quad = source.Next(TTile.Depth);

    /// <inheritdoc/>
    public readonly void Put(ArrayView<T> stripes, int buffer)
    {
        var place = buffer + target;
        if (source.AlongLines)
        {
            QuadMemory.Store(stripes, place, quad);
            return;
        }
        stripes[place] = quad.X;
        stripes[place + Pitch] = quad.Y;
        stripes[place + 2 * Pitch] = quad.Z;
        stripes[place + 3 * Pitch] = quad.W;
    }

    /// <inheritdoc/>
    public void Copy(ArrayView<T> stripes, int buffer) => source.Copy(stripes.Cast<float>(), buffer + target, Pitch, TTile.Depth);
}
