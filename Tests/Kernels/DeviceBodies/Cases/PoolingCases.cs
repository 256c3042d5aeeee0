using GpuKeras.Kernels.Pooling;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Kernels.DeviceBodies.Cases;

/// <summary>Poolings: windows that tile, overlap, leave gaps or reach over the border.</summary>
public static class PoolingCases
{
    public static IEnumerable<KernelCase> All =>
    [
        .. Poolings("2x2", Sizes(2, 4, 6, 3, window: 2, stride: 2)),
        .. Poolings("2x2 with a rest", Sizes(1, 5, 7, 2, window: 2, stride: 2)),
        .. Poolings("overlapping 3x3", Sizes(2, 5, 6, 1, window: 3, stride: 1)),
        .. Poolings("padded 3x3 by 2", Sizes(1, 6, 5, 17, window: 3, stride: 2, pad: 1)),
        .. Poolings("gaps", Sizes(1, 7, 7, 2, window: 2, stride: 3)),
        .. Poolings("whole image", Sizes(2, 4, 3, 16, window: 4, stride: 4, pad: 0, windowWidth: 3)),
        .. Poolings("one pixel", Sizes(1, 1, 1, 1, window: 1, stride: 1)),
        .. Poolings("no images", Sizes(0, 4, 4, 2, window: 2, stride: 2)),
    ];

    private static IEnumerable<KernelCase> Poolings(string name, PoolingSizes sizes)
    {
        var (inputs, outputs) = ((int)(sizes.Batch * sizes.InputImageLength), (int)(sizes.Batch * sizes.OutputImageLength));
        var x = Specials(inputs);
        yield return new($"max pool, {name}", bench => MaxPool(bench, x, sizes));
        yield return new($"max pool, {name}, doubles", bench => MaxPool(bench, Array.ConvertAll(x, static v => (double)v), sizes));
        yield return new($"max pool without places, {name}", bench => bench.Run(new MaxPoolKernel<float>(
            bench.Input(x), bench.Output<float>(outputs), default, sizes)));
        yield return new($"average pool, {name}", bench => bench.Run(new AveragePoolKernel<float>(
            bench.Input(Samples.Floats(inputs)), bench.Output<float>(outputs, Error<float>(sizes)), sizes)));
        yield return new($"average pool, {name}, doubles", bench => bench.Run(new AveragePoolKernel<double>(
            bench.Input(Samples.Doubles(inputs)), bench.Output<double>(outputs, Error<double>(sizes)), sizes)));
        yield return new($"average pool gradient, {name}", bench => bench.Run(new AveragePoolGradientKernel<float>(
            bench.Input(Samples.Floats(outputs)), bench.Output<float>(inputs, Error<float>(sizes)), sizes)));
        yield return new($"average pool gradient, {name}, doubles", bench => bench.Run(new AveragePoolGradientKernel<double>(
            bench.Input(Samples.Doubles(outputs)), bench.Output<double>(inputs, Error<double>(sizes)), sizes)));
    }

    // The gradients need places that a pooling has written.
    private static void MaxPool<T>(KernelBench bench, T[] x, PoolingSizes sizes)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var outputs = (int)(sizes.Batch * sizes.OutputImageLength);
        var places = bench.Output<T>(outputs);
        bench.Run(new MaxPoolKernel<T>(bench.Input(x), bench.Output<T>(outputs), places, sizes));
        bench.Run(new MaxPoolGatherKernel<T>(bench.Input(Samples.Uniform<T>(x.Length, 3)), places, bench.Output<T>(outputs), sizes));
        bench.Run(new MaxPoolScatterKernel<T>(
            bench.Input(Samples.Uniform<T>(outputs, 4)), places, bench.Output<T>(x.Length, Error<T>(sizes)), sizes));
    }

    private static double Error<T>(PoolingSizes sizes)
        where T : unmanaged => Tolerance.For<T>(sizes.WindowHeight * sizes.WindowWidth) * 2;

    // Few different numbers, so that many are equal, NaN and infinities.
    private static float[] Specials(int count)
    {
        float[] special = [0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        return Array.ConvertAll(Samples.Integers(count, -20, 20), i => i >= 0 && i < special.Length ? special[i] : i / 4f);
    }

    private static PoolingSizes Sizes(
        int batch, int height, int width, int channels, int window, int stride, int pad = 0, int windowWidth = 0)
    {
        var columns = windowWidth == 0 ? window : windowWidth;
        return new()
        {
            Batch = batch,
            InputHeight = height,
            InputWidth = width,
            Channels = channels,
            WindowHeight = window,
            WindowWidth = columns,
            OutputHeight = (height + 2 * pad - window) / stride + 1,
            OutputWidth = (width + 2 * pad - columns) / stride + 1,
            StrideHeight = stride,
            StrideWidth = stride,
            PadTop = pad,
            PadLeft = pad,
        };
    }
}
