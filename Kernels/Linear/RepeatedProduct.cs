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
    private readonly PackedPanels panels = launcher.Profile.IsCpuLike && typeof(T) == typeof(float)
        ? PackedPanels.Launch(launcher, b.Cast<float>(), sizes, 0)
        : default;

    private ReusedScratch<T> scratch = new(launcher);

    /// <summary>C = bias + A · op(B), or C += A · op(B).</summary>
    /// <param name="a">A <c>[m, k]</c>.</param>
    /// <param name="bias">The bias <c>[n]</c>; empty for none.</param>
    /// <param name="c">C <c>[m, n]</c>.</param>
    /// <param name="accumulate">Whether to add to C's old value.</param>
    public void Launch(ArrayView<T> a, ArrayView<T> bias, ArrayView<T> c, bool accumulate = false)
    {
        if (launcher.Profile.IsCpuLike && typeof(T) == typeof(float))
        {
            PanelProducts.Launch(
                launcher, a.Cast<float>(), panels, sizes, default,
                new MatMulEpilogue<Identity, FloatLane, float>(
                    c.Cast<float>(), bias.Cast<float>(), default, sizes.Rows, sizes.Columns, accumulate, default),
                scratch.Get(PanelProducts.TailLength(sizes, 1)).Cast<float>());
        }
        else
        {
            new MatMulDevice<Identity, TLane, T>(a, b, bias, c, sizes, default, accumulate, default, default).Launch(launcher, ref scratch);
        }
    }
}
