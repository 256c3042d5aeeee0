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
        var scratch = new ProductScratch<T>(launcher);
        Launch(launcher, ref scratch);
    }

    /// <summary>Queues one of several products that share scratch memory.</summary>
    public void Launch(ILauncher launcher, ref ProductScratch<T> scratch)
    {
        var matrices = checked((int)batch.Count);
        if (c.Length == 0)
            return;
        if (launcher.Profile.IsCpuLike && typeof(T) == typeof(float))
        {
            PanelProducts.Launch(
                launcher, MatMulOperands.A(a.Cast<float>(), sizes, batch), MatMulOperands.B(b.Cast<float>(), sizes, batch), matrices,
                batch.HasOneB,
                new MatMulEpilogue<TActivation, FloatLane, float>(
                    c.Cast<float>(), bias.Cast<float>(), argument.Cast<float>(), sizes.Rows, sizes.Columns, accumulate, activation));
        }
        else
        {
            DeviceProducts.Launch(
                launcher, MatMulOperands.A(a, sizes, batch), MatMulOperands.B(b, sizes, batch), matrices,
                new MatMulEpilogue<TActivation, TLane, T>(c, bias, argument, sizes.Rows, sizes.Columns, accumulate, activation),
                ref scratch);
        }
    }
}
