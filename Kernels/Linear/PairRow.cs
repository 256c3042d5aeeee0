using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>A tile row of two vectors: each broadcast element of A then serves two multiplications.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Left">The first half of the columns.</param>
/// <param name="Right">The second half.</param>
internal readonly unsafe record struct PairRow<TLane, T>(TLane Left, TLane Right) : ITileRow<PairRow<TLane, T>, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Width => 2 * TLane.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairRow<TLane, T> Load(T* address) => new(TLane.Load(address), TLane.Load(address + TLane.Count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* address)
    {
        Left.Store(address);
        Right.Store(address + TLane.Count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairRow<TLane, T> MultiplyAdd(T* factor, PairRow<TLane, T> row, PairRow<TLane, T> addend)
    {
        var broadcast = LaneBroadcast.Load<TLane, T>(factor);
        return new(TLane.MultiplyAdd(broadcast, row.Left, addend.Left), TLane.MultiplyAdd(broadcast, row.Right, addend.Right));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PairRow<TLane, T> Add(PairRow<TLane, T> a, PairRow<TLane, T> b) => new(a.Left + b.Left, a.Right + b.Right);
}
