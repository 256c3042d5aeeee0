using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Registers and single elements of contiguous rows, and steps of the softmax family over a row of the host's.</summary>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TScalar">One element as a lane.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal static unsafe class RowMath<TLane, TScalar, TElement>
    where TLane : struct, ILane<TLane, TElement>
    where TScalar : struct, ILane<TScalar, TElement>
    where TElement : unmanaged
{
    /// <summary>target = exp(row − shift); returns the sum.</summary>
    public static TScalar StoreExp(TElement* row, TElement* target, long length, TScalar shift) =>
        TeamRow<ItemTeam, TLane, TScalar, TElement>.StoreExp(default, row, target, length, shift);

    /// <summary>row = row · scale.</summary>
    public static void Scale(TElement* row, long length, TScalar scale) =>
        TeamRow<ItemTeam, TLane, TScalar, TElement>.Scale(default, row, length, scale);

    /// <summary>Σ a · b.</summary>
    public static TScalar Dot(TElement* a, TElement* b, long length) =>
        TeamRow<ItemTeam, TLane, TScalar, TElement>.Dot(default, a, b, length);

    /// <summary>The lane's value as an element.</summary>
    public static TElement ToElement(TScalar value) => value.ToElement<TScalar, TElement>();

    /// <summary>The scalar in every lane of a register.</summary>
    public static TLane Broadcast(TScalar value) => TLane.Broadcast(ToElement(value));

    /// <summary>Fewer elements than a register holds; the other lanes hold <paramref name="fill"/>.</summary>
    public static TLane LoadTail(TElement* address, long count, double fill) =>
        LaneTail.Load<TLane, TElement>(address, count, ToElement(TScalar.Create(fill)));

    /// <summary>The sum of a register's lanes, added pairwise.</summary>
    public static TScalar SumLanes(TLane value) => Across<SumReduction>(value);

    /// <summary>The combination of a register's lanes, pairwise: the upper half with the lower one until one lane is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Across<TReduction>(TLane value)
        where TReduction : struct, IReduction => RegisterLanes<TLane, TScalar>.Across<TReduction>(value);
}
