using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

internal static partial class OpCases
{
    private static IEnumerable<OpCase> Pooling()
    {
        foreach (var max in new[] { true, false })
        {
            yield return Pool2D("valid", max, [2, 4, 6, 3], (2, 2), (2, 2), Padding.Valid, (2, 3), (0, 0));
            yield return Pool2D("overlapping", max, [1, 5, 4, 2], (3, 2), (1, 2), Padding.Valid, (3, 2), (0, 0));
            yield return Pool2D("same", max, [1, 5, 4, 17], (3, 3), (2, 2), Padding.Same, (3, 2), (1, 0));
            yield return Pool1D("valid", max, [2, 7, 3], 3, 2, Padding.Valid, 3, 0);
            yield return Pool1D("same", max, [1, 7, 2], 2, 2, Padding.Same, 4, 0);
        }
    }

    private static OpCase Pool2D(
        string variant, bool max, Shape input, (int Height, int Width) window, (int Height, int Width) strides, Padding padding,
        (int Height, int Width) output, (int Top, int Left) pad) => new(
        max ? "MaxPool2D" : "AveragePool2D",
        x => max ? x[0].MaxPool2D(window, strides, padding) : x[0].AveragePool2D(window, strides, padding),
        x => new(Pool(x[0], max, x[0].Shape, window, strides, output, pad), [x[0].Shape[0], output.Height, output.Width, input[3]]),
        [input],
        [input.With(0, 0)])
        {
            Variant = variant,
            BadShapes = [[[4, 4]], .. TooSmall(padding, [1, 1, 1, 2])],
        };

    private static OpCase Pool1D(string variant, bool max, Shape input, int window, int stride, Padding padding, int output, int pad) =>
        new(
        max ? "MaxPool1D" : "AveragePool1D",
        x => max ? x[0].MaxPool1D(window, stride, padding) : x[0].AveragePool1D(window, stride, padding),
        x => new(
            Pool(x[0], max, x[0].Shape.Insert(1, 1), (1, window), (1, stride), (1, output), (0, pad)), [x[0].Shape[0], output, input[2]]),
        [input],
        [input.With(0, 0)])
        {
            Variant = variant,
            BadShapes = [[[4, 4]], .. TooSmall(padding, [1, 1, 2])],
        };

    private static Shape[][] TooSmall(Padding padding, Shape shape) => padding == Padding.Valid ? [[shape]] : [];

    private static double[] Pool(
        NdArray x, bool max, Shape input, (int Height, int Width) window, (int Height, int Width) strides, (int Height, int Width) output,
        (int Top, int Left) pad)
    {
        var result = new List<double>();
        for (var n = 0; n < input[0]; n++)
            for (var oy = 0; oy < output.Height; oy++)
                for (var ox = 0; ox < output.Width; ox++)
                    for (var c = 0; c < input[3]; c++)
                    {
                        var seen = new List<double>();
                        for (var iy = oy * strides.Height - pad.Top; iy < oy * strides.Height - pad.Top + window.Height; iy++)
                            for (var ix = ox * strides.Width - pad.Left; ix < ox * strides.Width - pad.Left + window.Width; ix++)
                            {
                                if (iy >= 0 && iy < input[1] && ix >= 0 && ix < input[2])
                                    seen.Add(x.Values[((n * input[1] + iy) * input[2] + ix) * input[3] + c]);
                            }
                        // Not Max(): it would pass over NaN.
                        result.Add(seen.Exists(double.IsNaN) ? double.NaN : max ? seen.Max() : seen.Average());
                    }
        return [.. result];
    }
}
