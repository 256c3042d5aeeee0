namespace GpuKeras.Kernels.Convolution;

/// <summary>G g Gᵀ of a 3 × 3 filter on a CPU-like device: 16 planes of panels <c>[depth, 32]</c>, the last of which may have 16 filters.</summary>
/// <param name="filter">The filter.</param>
/// <param name="planes">The planes.</param>
/// <param name="geometry">Where the filter's numbers lie.</param>
internal readonly struct PanelWinogradFilter(ArrayView<float> filter, ArrayView<float> planes, FilterGeometry geometry)
{
    /// <summary>Values of a transformed tile.</summary>
    public const int Planes = 16;

    private readonly ArrayView<float> filter = filter;
    private readonly ArrayView<float> planes = planes;
    private readonly FilterGeometry geometry = geometry;

    /// <summary>Queues the transform, and returns the planes.</summary>
    public static ArrayView<float> Launch(ILauncher launcher, ArrayView<float> filter, in FilterGeometry geometry)
    {
        var length = (long)geometry.Depth * geometry.Filters;
        var planes = launcher.Scratch<float>(Planes * length);
        launcher.Launch(length, Element, new PanelWinogradFilter(filter, planes, geometry));
        return planes;
    }

    private static void Element(Index1D index, PanelWinogradFilter transform)
    {
        var (depth, filters) = (transform.geometry.Depth, transform.geometry.Filters);
        var panel = index.X / (depth * DevicePanels.Width);
        var width = Math.Min(DevicePanels.Width, filters - panel * DevicePanels.Width);
        var place = index.X - panel * depth * DevicePanels.Width;
        var channel = place / width;
        transform.Transform(index.X, channel, panel * DevicePanels.Width + place - channel * width);
    }

    private void Transform(int index, int channel, int output)
    {
        var g = RegisterArray<float>.Zeros(12);
        for (var column = Unroll.From(0); column < 3; column++)
        {
            var (g0, g1, g2) = (Tap(0, column, channel, output), Tap(1, column, channel, output), Tap(2, column, channel, output));
            var (ends, middle) = (0.5f * (g0 + g2), 0.5f * g1);
            g[column] = g0;
            g[3 + column] = ends + middle;
            g[6 + column] = ends - middle;
            g[9 + column] = g2;
        }
        for (var row = Unroll.From(0); row < 4; row++)
        {
            var (g0, g1, g2) = (g[3 * row], g[3 * row + 1], g[3 * row + 2]);
            var (ends, middle) = (0.5f * (g0 + g2), 0.5f * g1);
            Store(index, 4 * row, g0);
            Store(index, 4 * row + 1, ends + middle);
            Store(index, 4 * row + 2, ends - middle);
            Store(index, 4 * row + 3, g2);
        }
    }

    private float Tap(int row, int column, int channel, int output) =>
        filter[geometry.Place(geometry.Tap((3 * row + column) * geometry.Depth + channel), output, 0)];

    private void Store(int index, int plane, float value) =>
        planes[(long)plane * geometry.Depth * geometry.Filters + index] = value;
}
