using System.Runtime.CompilerServices;

namespace GpuKeras.Kernels.Reduction;

/// <summary>
/// Steps of the softmax family over one contiguous row that a team shares. A row's end goes through the same lanes as its middle.
/// </summary>
/// <typeparam name="TTeam">The team.</typeparam>
/// <typeparam name="TLane">The register; of one element in teams of several items.</typeparam>
/// <typeparam name="TScalar">One element as a lane.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
/// <remarks>Sums and maxima are in every item of the team. The other steps touch this item's elements only.</remarks>
internal static unsafe class TeamRow<TTeam, TLane, TScalar, TElement>
    where TTeam : struct, IRowTeam
    where TLane : struct, ILane<TLane, TElement>
    where TScalar : struct, ILane<TScalar, TElement>
    where TElement : unmanaged
{
    /// <summary>The distance of an item's registers.</summary>
    public static long Stride
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (long)TTeam.Size * TLane.Count;
    }

    /// <summary>An item's first element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Start(TTeam team) => team.Rank * TLane.Count;

    /// <summary>Whether this is the item that takes the element <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Takes(TTeam team, long index) => TTeam.Size == 1 || index % TTeam.Size == team.Rank;

    /// <summary>The combination of <paramref name="length"/> elements, and of <paramref name="identity"/>, which must change nothing.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar Reduce<TReduction>(TTeam team, TElement* row, long length, TElement identity)
        where TReduction : struct, IReduction
    {
        var a = TLane.Broadcast(identity);
        var (b, c, d, i, stride) = (a, a, a, Start(team), Stride);
        for (; i + 3 * stride + TLane.Count <= length; i += 4 * stride)
        {
            a = TReduction.Combine(a, TLane.Load(row + i));
            b = TReduction.Combine(b, TLane.Load(row + i + stride));
            c = TReduction.Combine(c, TLane.Load(row + i + 2 * stride));
            d = TReduction.Combine(d, TLane.Load(row + i + 3 * stride));
        }
        for (; i + TLane.Count <= length; i += stride)
            a = TReduction.Combine(a, TLane.Load(row + i));
        if (TLane.Count > 1 && i < length)
            b = TReduction.Combine(b, LaneTail.Load<TLane, TElement>(row + i, length - i, identity));
        return Combine<TReduction>(team, TReduction.Combine(TReduction.Combine(a, b), TReduction.Combine(c, d)));
    }

    /// <summary>The largest of <paramref name="length"/> elements; NaN if any is NaN; −∞ of none.</summary>
    public static TScalar Max(TTeam team, TElement* row, long length) => Reduce<MaxReduction>(
        team, row, length, TScalar.Create(double.NegativeInfinity).ToElement<TScalar, TElement>());

    /// <summary>Σ row.</summary>
    public static TScalar Sum(TTeam team, TElement* row, long length) => Reduce<SumReduction>(
        team, row, length, TScalar.Create(0).ToElement<TScalar, TElement>());

    /// <summary>The point that exponentials are taken from: the largest element, or 0 where that is −∞.</summary>
    /// <remarks>Shifting by an infinity would turn ∞ − ∞ into NaN in rows where the result is well defined (all −∞).</remarks>
    public static TScalar Shift(TTeam team, TElement* row, long length)
    {
        var max = Max(team, row, length);
        return TScalar.WhereEqual(max, TScalar.Create(double.NegativeInfinity), TScalar.Create(0), max);
    }

    /// <summary>Σ exp(row − shift).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar SumExp(TTeam team, TElement* row, long length, TScalar shift)
    {
        var (sum, second, offset) = (TLane.Create(0), TLane.Create(0), RowMath<TLane, TScalar, TElement>.Broadcast(shift));
        var (i, stride) = (Start(team), Stride);
        for (; i + stride + TLane.Count <= length; i += 2 * stride)
        {
            sum += TLane.Exp(TLane.Load(row + i) - offset);
            second += TLane.Exp(TLane.Load(row + i + stride) - offset);
        }
        if (i + TLane.Count <= length)
        {
            sum += TLane.Exp(TLane.Load(row + i) - offset);
            i += stride;
        }
        if (TLane.Count > 1)
            second += ExpTail(row + i, null, length - i, offset);
        return Combine<SumReduction>(team, sum + second);
    }

    /// <summary>target = exp(row − shift); returns the sum.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar StoreExp(TTeam team, TElement* row, TElement* target, long length, TScalar shift)
    {
        var (sum, second, offset) = (TLane.Create(0), TLane.Create(0), RowMath<TLane, TScalar, TElement>.Broadcast(shift));
        var (i, stride) = (Start(team), Stride);
        for (; i + stride + TLane.Count <= length; i += 2 * stride)
        {
            var a = TLane.Exp(TLane.Load(row + i) - offset);
            var b = TLane.Exp(TLane.Load(row + i + stride) - offset);
            a.Store(target + i);
            b.Store(target + i + stride);
            sum += a;
            second += b;
        }
        if (i + TLane.Count <= length)
        {
            var a = TLane.Exp(TLane.Load(row + i) - offset);
            a.Store(target + i);
            sum += a;
            i += stride;
        }
        if (TLane.Count > 1)
            second += ExpTail(row + i, target + i, length - i, offset);
        return Combine<SumReduction>(team, sum + second);
    }

    /// <summary>row = row · scale.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(TTeam team, TElement* row, long length, TScalar scale)
    {
        var (scales, i) = (RowMath<TLane, TScalar, TElement>.Broadcast(scale), Start(team));
        for (; i + TLane.Count <= length; i += Stride)
            (TLane.Load(row + i) * scales).Store(row + i);
        for (; i < length; i++)
            (TScalar.Load(row + i) * scale).Store(row + i);
    }

    /// <summary>Σ a · b.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar Dot(TTeam team, TElement* a, TElement* b, long length)
    {
        var (first, second) = (TLane.Create(0), TLane.Create(0));
        var (i, stride) = (Start(team), Stride);
        for (; i + stride + TLane.Count <= length; i += 2 * stride)
        {
            first = TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), first);
            second = TLane.MultiplyAdd(TLane.Load(a + i + stride), TLane.Load(b + i + stride), second);
        }
        if (i + TLane.Count <= length)
        {
            first = TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), first);
            i += stride;
        }
        if (TLane.Count > 1 && i < length)
        {
            second = TLane.MultiplyAdd(
                RowMath<TLane, TScalar, TElement>.LoadTail(a + i, length - i, 0),
                RowMath<TLane, TScalar, TElement>.LoadTail(b + i, length - i, 0), second);
        }
        return Combine<SumReduction>(team, first + second);
    }

    /// <summary>Σ (row − center)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar SumOfSquares(TTeam team, TElement* row, long length, TScalar center)
    {
        var (a, b, centers) = (TLane.Create(0), TLane.Create(0), RowMath<TLane, TScalar, TElement>.Broadcast(center));
        var (i, stride) = (Start(team), Stride);
        for (; i + stride + TLane.Count <= length; i += 2 * stride)
        {
            var (first, second) = (TLane.Load(row + i) - centers, TLane.Load(row + i + stride) - centers);
            a = TLane.MultiplyAdd(first, first, a);
            b = TLane.MultiplyAdd(second, second, b);
        }
        if (i + TLane.Count <= length)
        {
            var deviation = TLane.Load(row + i) - centers;
            a = TLane.MultiplyAdd(deviation, deviation, a);
            i += stride;
        }
        if (TLane.Count > 1 && i < length)
        {
            var deviation = LaneTail.Load<TLane, TElement>(row + i, length - i, center.ToElement<TScalar, TElement>()) - centers;
            b = TLane.MultiplyAdd(deviation, deviation, b);
        }
        return Combine<SumReduction>(team, a + b);
    }

    /// <summary>The combination of a register of each item of the team.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Combine<TReduction>(TTeam team, TLane value)
        where TReduction : struct, IReduction =>
        team.Reduce<TReduction, TScalar, TElement>(RowMath<TLane, TScalar, TElement>.Across<TReduction>(value));

    // Out of line: the loops' own registers and inlining budget stay theirs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLane ExpTail(TElement* row, TElement* target, long count, TLane offset)
    {
        if (count == 0)
            return TLane.Create(0);
        var value = TLane.Exp(RowMath<TLane, TScalar, TElement>.LoadTail(row, count, double.NegativeInfinity) - offset);
        if (target != null)
            LaneTail.Store(value, target, count);
        return value;
    }
}
