using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Attention;

/// <summary>Stores the vectors of each head at some positions of <c>[batch, positions, heads, dim]</c>.</summary>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="target">The memory.</param>
/// <param name="positions">All positions.</param>
/// <param name="heads">How many heads there are.</param>
/// <param name="dim">The size of a vector.</param>
/// <param name="firstPair">The batch entry and head, batch · heads + head, of the first product.</param>
/// <param name="firstPosition">The position of the products' first row.</param>
/// <param name="accumulate">Whether to add to what is there.</param>
/// <param name="factors">What each vector is multiplied by, <c>[batch, heads, positions]</c>; empty for nothing.</param>
/// <param name="scale">What the factors are multiplied by.</param>
internal readonly unsafe struct HeadEpilogue<TLane, T>(
    ArrayView<T> target, int positions, int heads, int dim, int firstPair, int firstPosition, bool accumulate = false,
    ArrayView<T> factors = default, double scale = 1) : ITileEpilogue<T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> target = target;
    private readonly ArrayView<T> factors = factors;

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
    {
        var (pair, position) = (firstPair + matrix, firstPosition + row);
        var (batch, head) = (pair / heads, pair % heads);
        var place = (((long)batch * positions + position) * heads + head) * dim + column;
        var factor = factors.Length > 0
            ? TLane.Load(factors.Pointer + (long)pair * positions + position) * TLane.Create(scale)
            : TLane.Create(1);
        Store(place, sums.X, factor);
        if (count > 1)
            Store(place + 1, sums.Y, factor);
        if (count > 2)
            Store(place + 2, sums.Z, factor);
        if (count > 3)
            Store(place + 3, sums.W, factor);
    }

    private void Store(long place, T sum, TLane factor)
    {
        var value = TLane.Broadcast(sum);
        if (factors.Length > 0)
            value *= factor;
        if (accumulate)
            value = TLane.Load(target.Pointer + place) + value;
        value.Store(target.Pointer + place);
    }
}
