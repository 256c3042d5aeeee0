using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GpuKeras.Kernels.Reduction;

/// <summary>Steps of the softmax family over one contiguous row. A row's end goes through the same lanes as its middle.</summary>
/// <typeparam name="TLane">The register.</typeparam>
/// <typeparam name="TScalar">One element as a lane.</typeparam>
/// <typeparam name="TElement">The element type.</typeparam>
internal static unsafe class RowMath<TLane, TScalar, TElement>
    where TLane : struct, ILane<TLane, TElement>
    where TScalar : struct, ILane<TScalar, TElement>
    where TElement : unmanaged
{
    /// <summary>The largest of <paramref name="length"/> elements; NaN if any is NaN; −∞ of none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar Max(TElement* row, long length)
    {
        var a = TLane.Create(double.NegativeInfinity);
        var (b, c, d, i, count) = (a, a, a, 0L, TLane.Count);
        for (; i + 4 * count <= length; i += 4 * count)
        {
            a = TLane.Max(a, TLane.Load(row + i));
            b = TLane.Max(b, TLane.Load(row + i + count));
            c = TLane.Max(c, TLane.Load(row + i + 2 * count));
            d = TLane.Max(d, TLane.Load(row + i + 3 * count));
        }
        for (; i + count <= length; i += count)
            a = TLane.Max(a, TLane.Load(row + i));
        if (i < length)
            b = TLane.Max(b, LoadTail(row + i, length - i, double.NegativeInfinity));
        return Across<MaxReduction>(TLane.Max(TLane.Max(a, b), TLane.Max(c, d)));
    }

    /// <summary>The point that exponentials are taken from: the largest element, or 0 where that is infinite.</summary>
    /// <remarks>Shifting by an infinity would turn ∞ − ∞ into NaN in rows where the result is well defined (all −∞).</remarks>
    public static TScalar Shift(TElement* row, long length)
    {
        var max = Max(row, length);
        return TScalar.WhereEqual(max, TScalar.Create(double.NegativeInfinity), TScalar.Create(0), max);
    }

    /// <summary>Σ exp(row − shift).</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar SumExp(TElement* row, long length, TScalar shift)
    {
        var (sum, second, offset) = (TLane.Create(0), TLane.Create(0), Broadcast(shift));
        var (i, count) = (0L, TLane.Count);
        for (; i + 2 * count <= length; i += 2 * count)
        {
            sum += TLane.Exp(TLane.Load(row + i) - offset);
            second += TLane.Exp(TLane.Load(row + i + count) - offset);
        }
        if (i + count <= length)
        {
            sum += TLane.Exp(TLane.Load(row + i) - offset);
            i += count;
        }
        return Across<SumReduction>(sum + second + ExpTail(row + i, null, length - i, offset));
    }

    /// <summary>target = exp(row − shift); returns the sum.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar StoreExp(TElement* row, TElement* target, long length, TScalar shift)
    {
        var (sum, second, offset) = (TLane.Create(0), TLane.Create(0), Broadcast(shift));
        var (i, count) = (0L, TLane.Count);
        for (; i + 2 * count <= length; i += 2 * count)
        {
            var a = TLane.Exp(TLane.Load(row + i) - offset);
            var b = TLane.Exp(TLane.Load(row + i + count) - offset);
            a.Store(target + i);
            b.Store(target + i + count);
            sum += a;
            second += b;
        }
        if (i + count <= length)
        {
            var a = TLane.Exp(TLane.Load(row + i) - offset);
            a.Store(target + i);
            sum += a;
            i += count;
        }
        return Across<SumReduction>(sum + second + ExpTail(row + i, target + i, length - i, offset));
    }

    /// <summary>row = row · scale.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scale(TElement* row, long length, TScalar scale)
    {
        var (scales, i) = (Broadcast(scale), 0L);
        for (; i + TLane.Count <= length; i += TLane.Count)
            (TLane.Load(row + i) * scales).Store(row + i);
        for (; i < length; i++)
            (TScalar.Load(row + i) * scale).Store(row + i);
    }

    /// <summary>Σ row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar Sum(TElement* row, long length)
    {
        var a = TLane.Create(0);
        var (b, c, d, i, count) = (a, a, a, 0L, TLane.Count);
        for (; i + 4 * count <= length; i += 4 * count)
        {
            a += TLane.Load(row + i);
            b += TLane.Load(row + i + count);
            c += TLane.Load(row + i + 2 * count);
            d += TLane.Load(row + i + 3 * count);
        }
        for (; i + count <= length; i += count)
            a += TLane.Load(row + i);
        if (i < length)
            b += LoadTail(row + i, length - i, 0);
        return Across<SumReduction>(a + b + (c + d));
    }

    /// <summary>Σ (row − center)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar SumOfSquares(TElement* row, long length, TScalar center)
    {
        var (a, b, centers) = (TLane.Create(0), TLane.Create(0), Broadcast(center));
        var (i, count) = (0L, TLane.Count);
        for (; i + 2 * count <= length; i += 2 * count)
        {
            var (first, second) = (TLane.Load(row + i) - centers, TLane.Load(row + i + count) - centers);
            a = TLane.MultiplyAdd(first, first, a);
            b = TLane.MultiplyAdd(second, second, b);
        }
        if (i + count <= length)
        {
            var deviation = TLane.Load(row + i) - centers;
            a = TLane.MultiplyAdd(deviation, deviation, a);
            i += count;
        }
        if (i < length)
        {
            var deviation = LaneTail.Load<TLane, TElement>(row + i, length - i, ToElement(center)) - centers;
            b = TLane.MultiplyAdd(deviation, deviation, b);
        }
        return Across<SumReduction>(a + b);
    }

    /// <summary>Σ a · b.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static TScalar Dot(TElement* a, TElement* b, long length)
    {
        var (first, second) = (TLane.Create(0), TLane.Create(0));
        var (i, count) = (0L, TLane.Count);
        for (; i + 2 * count <= length; i += 2 * count)
        {
            first = TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), first);
            second = TLane.MultiplyAdd(TLane.Load(a + i + count), TLane.Load(b + i + count), second);
        }
        if (i + count <= length)
        {
            first = TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), first);
            i += count;
        }
        if (i < length)
            second = TLane.MultiplyAdd(LoadTail(a + i, length - i, 0), LoadTail(b + i, length - i, 0), second);
        return Across<SumReduction>(first + second);
    }

    /// <summary>The lane's value as an element.</summary>
    public static TElement ToElement(TScalar value)
    {
        TElement element;
        value.Store(&element);
        return element;
    }

    /// <summary>The scalar in every lane of a register.</summary>
    public static TLane Broadcast(TScalar value) => TLane.Broadcast(ToElement(value));

    /// <summary>Fewer elements than a register holds; the other lanes hold <paramref name="fill"/>.</summary>
    public static TLane LoadTail(TElement* address, long count, double fill) =>
        LaneTail.Load<TLane, TElement>(address, count, ToElement(TScalar.Create(fill)));

    /// <summary>The sum of a register's lanes, added pairwise.</summary>
    public static TScalar SumLanes(TLane value) => Across<SumReduction>(value);

    // Out of line: the loops' own registers and inlining budget stay theirs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TLane ExpTail(TElement* row, TElement* target, long count, TLane offset)
    {
        if (count == 0)
            return TLane.Create(0);
        var value = TLane.Exp(LoadTail(row, count, double.NegativeInfinity) - offset);
        if (target != null)
            LaneTail.Store(value, target, count);
        return value;
    }

    /// <summary>The combination of a register's lanes, pairwise: the upper half with the lower one until one lane is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TScalar Across<TReduction>(TLane value)
        where TReduction : struct, IReduction
    {
        if (typeof(TLane) == typeof(FloatVector512))
        {
            var register = Unsafe.BitCast<TLane, FloatVector512>(value).Value;
            return AcrossHalves<TReduction>(
                TReduction.Combine<FloatVector256>(new(register.GetLower()), new FloatVector256(register.GetUpper())).Value);
        }
        if (typeof(TLane) == typeof(FloatVector256))
            return AcrossHalves<TReduction>(Unsafe.BitCast<TLane, FloatVector256>(value).Value);
        if (typeof(TLane) == typeof(FloatVector128))
            return AcrossQuarters<TReduction>(Unsafe.BitCast<TLane, FloatVector128>(value));
        // Other lanes hold one element.
        return Unsafe.BitCast<TLane, TScalar>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TScalar AcrossHalves<TReduction>(Vector256<float> register)
        where TReduction : struct, IReduction =>
        AcrossQuarters<TReduction>(TReduction.Combine<FloatVector128>(new(register.GetLower()), new FloatVector128(register.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TScalar AcrossQuarters<TReduction>(FloatVector128 register)
        where TReduction : struct, IReduction
    {
        register = TReduction.Combine(register, new(Vector128.Shuffle(register.Value, Vector128.Create(2, 3, 0, 1))));
        register = TReduction.Combine(register, new(Vector128.Shuffle(register.Value, Vector128.Create(1, 0, 3, 2))));
        return Unsafe.BitCast<FloatLane, TScalar>(new(register.Value.ToScalar()));
    }
}
