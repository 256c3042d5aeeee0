using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Where the sums of a filter gradient go: <c>[window, output channels]</c>, of which a group has some columns.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct FilterGradientEpilogue<T>(ArrayView<T> gradient, int channels, int groupChannels) : ITileEpilogue<T>
    where T : unmanaged
{
    private readonly ArrayView<T> gradient = gradient;
    private readonly int channels = channels;
    private readonly int groupChannels = groupChannels;

    /// <inheritdoc/>
    public void Store(int matrix, int row, int column, in Quad<T> sums, int count)
    {
        var place = (long)row * channels + matrix * groupChannels + column;
        gradient[place] = sums.X;
        if (count > 1)
            gradient[place + 1] = sums.Y;
        if (count > 2)
            gradient[place + 2] = sums.Z;
        if (count > 3)
            gradient[place + 3] = sums.W;
    }
}
