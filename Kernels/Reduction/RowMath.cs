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
    private const int WidestRegister = 16;

    /// <summary>The largest of <paramref name="length"/> elements; NaN if any is NaN; −∞ of none.</summary>
    public static TScalar Max(TElement* row, long length)
    {
        var max = TLane.Create(double.NegativeInfinity);
        var i = 0L;
        for (; i + TLane.Count <= length; i += TLane.Count)
            max = TLane.Max(max, TLane.Load(row + i));
        if (i < length)
            max = TLane.Max(max, LoadTail(row + i, length - i, double.NegativeInfinity));
        return Across<MaxReduction>(max);
    }

    /// <summary>The point that exponentials are taken from: the largest element, or 0 where that is infinite.</summary>
    /// <remarks>Shifting by an infinity would turn ∞ − ∞ into NaN in rows where the result is well defined (all −∞).</remarks>
    public static TScalar Shift(TElement* row, long length)
    {
        var max = Max(row, length);
        return TScalar.WhereEqual(max, TScalar.Create(double.NegativeInfinity), TScalar.Create(0), max);
    }

    /// <summary>Σ exp(row − shift).</summary>
    public static TScalar SumExp(TElement* row, long length, TScalar shift)
    {
        var (sum, i, offset) = (TLane.Create(0), 0L, TLane.Broadcast(ToElement(shift)));
        for (; i + TLane.Count <= length; i += TLane.Count)
            sum += TLane.Exp(TLane.Load(row + i) - offset);
        if (i < length)
            sum += TLane.Exp(LoadTail(row + i, length - i, double.NegativeInfinity) - offset);
        return Across<SumReduction>(sum);
    }

    /// <summary>target = exp(row − shift); returns the sum.</summary>
    public static TScalar StoreExp(TElement* row, TElement* target, long length, TScalar shift)
    {
        var (sum, i, offset) = (TLane.Create(0), 0L, TLane.Broadcast(ToElement(shift)));
        for (; i + TLane.Count <= length; i += TLane.Count)
        {
            var value = TLane.Exp(TLane.Load(row + i) - offset);
            value.Store(target + i);
            sum += value;
        }
        if (i < length)
        {
            var value = TLane.Exp(LoadTail(row + i, length - i, double.NegativeInfinity) - offset);
            LaneTail.Store(value, target + i, length - i);
            sum += value;
        }
        return Across<SumReduction>(sum);
    }

    /// <summary>Σ row.</summary>
    public static TScalar Sum(TElement* row, long length)
    {
        var (sum, i) = (TLane.Create(0), 0L);
        for (; i + TLane.Count <= length; i += TLane.Count)
            sum += TLane.Load(row + i);
        if (i < length)
            sum += LoadTail(row + i, length - i, 0);
        return Across<SumReduction>(sum);
    }

    /// <summary>Σ a · b.</summary>
    public static TScalar Dot(TElement* a, TElement* b, long length)
    {
        var (sum, i) = (TLane.Create(0), 0L);
        for (; i + TLane.Count <= length; i += TLane.Count)
            sum = TLane.MultiplyAdd(TLane.Load(a + i), TLane.Load(b + i), sum);
        if (i < length)
            sum = TLane.MultiplyAdd(LoadTail(a + i, length - i, 0), LoadTail(b + i, length - i, 0), sum);
        return Across<SumReduction>(sum);
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

    private static TScalar Across<TReduction>(TLane value)
        where TReduction : struct, IReduction
    {
        var lanes = stackalloc TElement[WidestRegister];
        value.Store(lanes);
        for (var step = TLane.Count / 2; step > 0; step /= 2)
        {
            for (var i = 0; i < step; i++)
                TReduction.Combine(TScalar.Load(lanes + i), TScalar.Load(lanes + i + step)).Store(lanes + i);
        }
        return TScalar.Load(lanes);
    }
}
