namespace GpuKeras.Kernels;

/// <summary>
/// Runs computations over the channels of pixels on a device: an item for each number, so that neighbours work on neighbouring channels;
/// on a CPU-like device an item for each pixel, which runs through its channels in registers.
/// </summary>
public static class DevicePixels
{
    /// <summary>Queues <paramref name="step"/> for every channel of every pixel.</summary>
    /// <typeparam name="T">The element type: float or double.</typeparam>
    /// <typeparam name="TStep">The computation.</typeparam>
    public static void LaunchPixels<T, TStep>(this ILauncher launcher, long pixels, int channels, in TStep step)
        where T : unmanaged
        where TStep : struct, IPixelStep
    {
        if (launcher.Profile.IsCpuLike && typeof(T) == typeof(float) && channels >= FloatPanel.Count)
            launcher.Launch(pixels, Pixel, (step, channels));
        else
            launcher.Launch(pixels * channels, Number<T, TStep>, (step, channels));
    }

    private static void Number<T, TStep>(Index1D index, (TStep Step, int Channels) work)
        where T : unmanaged
        where TStep : struct, IPixelStep
    {
        var pixel = (int)((uint)index.X / (uint)work.Channels);
        var channel = index.X - pixel * work.Channels;
        if (typeof(T) == typeof(float))
            work.Step.Step<FloatLane, float>(pixel, channel);
        else
            work.Step.Step<DoubleLane, double>(pixel, channel);
    }

    private static void Pixel<TStep>(Index1D pixel, (TStep Step, int Channels) work)
        where TStep : struct, IPixelStep
    {
        var channel = 0;
        for (; channel + FloatPanel.Count <= work.Channels; channel += FloatPanel.Count)
            work.Step.Step<FloatPanel, float>(pixel, channel);
        for (; channel < work.Channels; channel++)
            work.Step.Step<FloatLane, float>(pixel, channel);
    }
}
