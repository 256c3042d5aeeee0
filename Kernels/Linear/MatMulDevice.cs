using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Linear;

/// <summary>The device bodies of <see cref="MatMulKernel{TActivation, T}"/>, whose arguments it has: chooses between them.</summary>
internal readonly struct MatMulDevice<TActivation, TLane, T>(
    ArrayView<T> a, ArrayView<T> b, ArrayView<T> bias, ArrayView<T> c, MatMulSizes sizes, BatchAxes batch, bool accumulate,
    TActivation activation, ArrayView<T> argument)
    where TActivation : struct, IUnaryFunction
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    /// <summary>Queues the product.</summary>
    public void Launch(ILauncher launcher)
    {
        var scratch = new ReusedScratch<T>(launcher);
        Launch(launcher, ref scratch);
    }

    /// <summary>Queues one of several products that share scratch memory.</summary>
    public void Launch(ILauncher launcher, ref ReusedScratch<T> scratch)
    {
        var matrices = checked((int)batch.Count);
        if (c.Length == 0)
            return;
        var epilogue = new MatMulEpilogue<TActivation, TLane, T>(c, bias, argument, sizes.Rows, sizes.Columns, accumulate, activation);
        if (!launcher.Profile.IsCpuLike)
        {
            TiledProducts.Launch<MatrixSource<T>, MatrixSource<T>, MatMulEpilogue<TActivation, TLane, T>, T>(
                launcher,
                new(a, sizes.Rows, sizes.Inner, alongLines: sizes.TransposeA, batch, isRight: false),
                new(b, sizes.Columns, sizes.Inner, alongLines: !sizes.TransposeB, batch, isRight: true),
                epilogue, matrices, sizes.Rows, sizes.Columns, sizes.Inner, ref scratch);
        }
        else if (typeof(T) == typeof(float))
        {
            PanelProducts.Launch(
                launcher, a.Cast<float>(), b.Cast<float>(), sizes, batch,
                new MatMulEpilogue<TActivation, FloatLane, float>(
                    c.Cast<float>(), bias.Cast<float>(), argument.Cast<float>(), sizes.Rows, sizes.Columns, accumulate, activation));
        }
        else
        {
            new ScalarProduct<MatMulEpilogue<TActivation, TLane, T>, T>(a, b, epilogue, sizes, batch).Launch(launcher);
        }
    }
}
