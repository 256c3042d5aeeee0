using GpuKeras.Kernels.Linear;

namespace GpuKeras.Kernels.Convolution;

/// <summary>
/// A filter on a CPU-like device: for each group and 32 channels of the result a panel of rows of 32 numbers, first the bias, then a row
/// for each place of the window; zeros where there is no such channel.
/// </summary>
/// <param name="memory">The panels <c>[groups, panels, 1 + window, 32]</c>.</param>
/// <param name="filter">The filter.</param>
/// <param name="bias">The bias; empty for zeros.</param>
/// <param name="geometry">Where the filter's numbers lie.</param>
/// <param name="window">Places in the window.</param>
internal readonly struct DevicePanels(
    ArrayView<float> memory, ArrayView<float> filter, ArrayView<float> bias, FilterGeometry geometry, int window)
{
    /// <summary>Numbers in a row.</summary>
    public const int Width = PackedPanels.Width;

    private readonly ArrayView<float> memory = memory;
    private readonly ArrayView<float> filter = filter;
    private readonly ArrayView<float> bias = bias;
    private readonly FilterGeometry geometry = geometry;
    private readonly int window = window;

    /// <summary>Queues the panels' making, and returns them.</summary>
    public static ArrayView<float> Launch(
        ILauncher launcher, ArrayView<float> filter, ArrayView<float> bias, in FilterGeometry geometry, int groups, int window)
    {
        var rows = (long)groups * Count(geometry.Filters) * (window + 1);
        var memory = launcher.Scratch<float>(rows * Width);
        launcher.Launch(rows, Row, new DevicePanels(memory, filter, bias, geometry, window));
        return memory;
    }

    /// <summary>How many panels hold the channels of a group.</summary>
    public static int Count(int filters) => (filters + Width - 1) / Width;

    private static void Row(Index1D index, DevicePanels panels)
    {
        var (geometry, group) = (panels.geometry, index.X / (panels.window + 1));
        var row = index.X - group * (panels.window + 1) - 1;
        var count = Count(geometry.Filters);
        var first = group % count * Width;
        group /= count;
        var tap = geometry.Tap(Math.Max(0, row));
        for (var i = 0; i < Width; i++)
        {
            var (filter, number) = (first + i, 0f);
            if (filter < geometry.Filters)
            {
                if (row >= 0)
                    number = panels.filter[geometry.Place(tap, filter, group)];
                else if (panels.bias.Length > 0)
                    number = panels.bias[group * geometry.Filters + filter];
            }
            panels.memory[(long)index.X * Width + i] = number;
        }
    }
}
