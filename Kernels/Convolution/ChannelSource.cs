using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>The output's gradient as the columns of B of a filter gradient's matrix product on a GPU.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="view">The gradient <c>[pixels, channels]</c>.</param>
/// <param name="channels">Channels of all groups.</param>
/// <param name="groupChannels">Channels of a group.</param>
/// <remarks>A line is a channel of a group; k runs through the pixels. The product's matrices are the groups.</remarks>
internal struct ChannelSource<T>(ArrayView<T> view, int channels, int groupChannels) : ITileSource<T>
    where T : unmanaged
{
    private readonly ArrayView<T> view = view;
    private readonly int channels = channels;
    private readonly int groupChannels = groupChannels;
    private readonly bool hasQuads = groupChannels % 4 == 0 && QuadMemory.IsAligned(view);

    private long place;
    private int left;
    private int k;
    private int end;

    /// <inheritdoc/>
    public readonly bool AlongLines => true;

    /// <inheritdoc/>
    public void Start(int matrix, int line, int k, int end)
    {
        place = (long)k * channels + matrix * groupChannels + line;
        left = groupChannels - line;
        this.k = k;
        this.end = left > 0 ? end : 0;
    }

    /// <inheritdoc/>
    public Quad<T> Next(int step)
    {
        var quad = default(Quad<T>);
        if (k < end)
        {
            quad = hasQuads
                ? QuadMemory.Load(view, place)
                : new(
                    view[place], left > 1 ? view[place + 1] : default, left > 2 ? view[place + 2] : default,
                    left > 3 ? view[place + 3] : default);
        }
        k += step;
        place += (long)step * channels;
        return quad;
    }
}
