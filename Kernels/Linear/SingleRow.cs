using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Linear;

/// <summary>A tile row of one vector, for the last few columns of a matrix.</summary>
/// <typeparam name="TLane">The vector register.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <param name="Vector">The columns.</param>
internal readonly unsafe record struct SingleRow<TLane, T>(TLane Vector) : ITileRow<SingleRow<TLane, T>, T>
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public static int Width => TLane.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TLane, T> Load(T* address) => new(TLane.Load(address));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(T* address) => Vector.Store(address);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TLane, T> MultiplyAdd(T* factor, SingleRow<TLane, T> row, SingleRow<TLane, T> addend) =>
        new(LaneBroadcast.MultiplyAdd(factor, row.Vector, addend.Vector));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SingleRow<TLane, T> Add(SingleRow<TLane, T> a, SingleRow<TLane, T> b) => new(a.Vector + b.Vector);
}
