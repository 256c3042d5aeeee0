using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>y = f(sum + bias) at the output pixels of a <see cref="TapGrid"/>.</summary>
/// <typeparam name="TActivation">f.</typeparam>
/// <typeparam name="TLane">One number.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="y">The output.</param>
/// <param name="bias">The bias of every output channel; empty for none.</param>
/// <param name="pixels">Where the output pixels lie.</param>
/// <param name="filters">Channels of a group.</param>
/// <param name="activation">f's parameters.</param>
internal readonly unsafe struct ConvolutionEpilogue<TActivation, TLane, T>(
    ArrayView<T> y, ArrayView<T> bias, OutputPixels pixels, int filters, TActivation activation) : ITileEpilogue<T>
    where TActivation : struct, IUnaryFunction
    where TLane : struct, ILane<TLane, T>
    where T : unmanaged
{
    private readonly ArrayView<T> y = y;
    private readonly ArrayView<T> bias = bias;
    private readonly OutputPixels pixels = pixels;
    private readonly int filters = filters;
    private readonly TActivation activation = activation;

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
    {
        var channel = matrix * filters + column;
        var place = pixels.Place(row) + channel;
        Store(place, channel, sums.X);
        if (count > 1)
            Store(place + 1, channel + 1, sums.Y);
        if (count > 2)
            Store(place + 2, channel + 2, sums.Z);
        if (count > 3)
            Store(place + 3, channel + 3, sums.W);
    }

    private void Store(long place, int channel, T sum)
    {
        var value = TLane.Broadcast(sum);
        if (bias.Length > 0)
            value = TLane.Broadcast(bias[channel]) + value;
        activation.Value(value).Store(y.Pointer + place);
    }
}
