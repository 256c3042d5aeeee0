using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>A · op(B) for many A one after the other on a device: B is prepared, and scratch memory allocated, once.</summary>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="launcher">The device.</param>
/// <param name="b">B <c>[k, n]</c>, or <c>[n, k]</c> if transposed.</param>
/// <param name="sizes">m, n, k and B's transposition.</param>
internal struct RepeatedProduct<TLane, T>(ILauncher launcher, ArrayView<T> b, MatMulSizes sizes)
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly PackedPanels panels = HasPanels(launcher) ? Panels(launcher, b, sizes) : default;
    private ProductScratch<T> scratch = new(launcher);

    /// <summary>C = bias + A · op(B), or C += A · op(B).</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="bias">The bias <c>[n]</c>; empty for none.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="accumulate">Whether to add to C's old value.</param>
    public void Launch(ArrayView<T> a, ArrayView<T> bias, ArrayView<T> c, bool accumulate = false)
    {
        if (HasPanels(launcher))
        {
            PanelProducts.Launch(
                launcher, MatMulOperands.A(a.Cast<float>(), sizes, default), panels, 1,
                new MatMulEpilogue<Identity, FloatLane, float>(
                    c.Cast<float>(), bias.Cast<float>(), default, sizes.Rows, sizes.Columns, accumulate, default),
                scratch.Sums.Get(PanelProducts.TailLength(sizes.Rows, sizes.Columns, 1)).Cast<float>());
        }
        else
        {
            new MatMulDevice<Identity, TLane, T>(a, b, bias, c, sizes, default, accumulate, default, default).Launch(launcher, ref scratch);
        }
    }

    /// <summary>epilogue(A · op(B)).</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="epilogue">What becomes of the sums.</param>
    public void Launch<TEpilogue>(ArrayView<T> a, in TEpilogue epilogue)
        where TEpilogue : struct, ITileEpilogue<T> =>
        DeviceProducts.Launch(
            launcher, MatMulOperands.A(a, sizes, default), MatMulOperands.B(b, sizes, default), 1, epilogue, ref scratch);

    private static bool HasPanels(ILauncher launcher) => launcher.Profile.IsCpuLike && typeof(T) == typeof(float);

    private static PackedPanels Panels(ILauncher launcher, ArrayView<T> b, in MatMulSizes sizes)
    {
        var scratch = new ReusedScratch<T>(launcher);
        return PackedPanels.Launch(launcher, MatMulOperands.B(b.Cast<float>(), sizes, default), 1, 0, isOne: true, ref scratch);
    }
}
