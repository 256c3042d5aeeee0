using System.Runtime.CompilerServices;
using GpuKeras.Kernels.Reduction;

namespace GpuKeras.Kernels.Normalization;

/// <summary>dx of a row: inverse · (h − mean(h) − x̂ · mean(h · x̂)) with x̂ = (x − mean) · inverse and h = dy · gamma.</summary>
/// <typeparam name="T">The element type.</typeparam>
/// <remarks>
/// For devices. On the host <see cref="LayerNormGradientBody{T}"/> does this in the same pass as the sums over rows, which here
/// would be sums over groups.
/// </remarks>
internal readonly unsafe struct LayerNormGradientRow<T>(
    ArrayView<T> x, ArrayView<T> gamma, ArrayView<T> mean, ArrayView<T> inverse, ArrayView<T> dy, ArrayView<T> dx, long columns) : IRowStep
    where T : unmanaged
{
    private readonly ArrayView<T> x = x;
    private readonly ArrayView<T> gamma = gamma;
    private readonly ArrayView<T> mean = mean;
    private readonly ArrayView<T> inverse = inverse;
    private readonly ArrayView<T> dy = dy;
    private readonly ArrayView<T> dx = dx;
    private readonly T perColumn = LaneElement.Create<T>(1.0 / columns);

    void IRowStep.Row<TTeam, TLane, TScalar, TElement>(TTeam team, long row)
    {
        var source = (TElement*)x.Pointer + row * columns;
        var upstream = (TElement*)dy.Pointer + row * columns;
        var target = (TElement*)dx.Pointer + row * columns;
        var scales = (TElement*)gamma.Pointer;
        var (center, scale) = (TScalar.Load((TElement*)mean.Pointer + row), TScalar.Load((TElement*)inverse.Pointer + row));
        var centers = RowMath<TLane, TScalar, TElement>.Broadcast(center);
        var rowScale = RowMath<TLane, TScalar, TElement>.Broadcast(scale);
        var (sum, products, start) = (TLane.Create(0), TLane.Create(0), TeamRow<TTeam, TLane, TScalar, TElement>.Start(team));
        var i = start;
        for (; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
        {
            var h = TLane.Load(upstream + i) * TLane.Load(scales + i);
            sum += h;
            products = TLane.MultiplyAdd(h, (TLane.Load(source + i) - centers) * rowScale, products);
        }
        var total = TeamRow<TTeam, TLane, TScalar, TElement>.Combine<SumReduction>(team, sum);
        var product = TeamRow<TTeam, TLane, TScalar, TElement>.Combine<SumReduction>(team, products);
        for (; i < columns; i++)
        {
            var h = TScalar.Load(upstream + i) * TScalar.Load(scales + i);
            total += h;
            product = TScalar.MultiplyAdd(h, (TScalar.Load(source + i) - center) * scale, product);
        }
        var share = TScalar.Broadcast(Unsafe.BitCast<T, TElement>(perColumn));
        (total, product) = (total * share, product * share);
        var (meanOfH, meanOfProducts) =
            (RowMath<TLane, TScalar, TElement>.Broadcast(total), RowMath<TLane, TScalar, TElement>.Broadcast(product));
        for (i = start; i + TLane.Count <= columns; i += TeamRow<TTeam, TLane, TScalar, TElement>.Stride)
        {
            var h = TLane.Load(upstream + i) * TLane.Load(scales + i);
            ((h - meanOfH - (TLane.Load(source + i) - centers) * rowScale * meanOfProducts) * rowScale).Store(target + i);
        }
        for (; i < columns; i++)
        {
            var h = TScalar.Load(upstream + i) * TScalar.Load(scales + i);
            ((h - total - (TScalar.Load(source + i) - center) * scale * product) * scale).Store(target + i);
        }
    }
}
