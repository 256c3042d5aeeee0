using System.Numerics;
using GpuKeras.Kernels.Pooling;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Pooling;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public class PoolingKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static IEnumerable<PoolingSizes> Grid()
    {
        foreach (var channels in new[] { 1, 3, 16, 35 })
        {
            yield return Make(2, 6, 6, channels, 2, 2, 2, 0);
            yield return Make(2, 7, 5, channels, 3, 2, 2, 1);
            yield return Make(1, 5, 8, channels, 3, 3, 1, 1);
            yield return Make(1, 9, 9, channels, 2, 2, 3, 0);
            // Windows that leave a row and a column over.
            yield return Make(2, 7, 7, channels, 2, 2, 2, 0);
        }
        yield return Make(3, 1, 11, 4, 1, 3, 2, 0);
        yield return Make(0, 6, 6, 4, 2, 2, 2, 0);
        yield return Make(2, 6, 6, 0, 2, 2, 2, 0);
        yield return Make(40, 26, 26, 32, 2, 2, 2, 0);
    }

    [TestCaseSource(nameof(Grid))]
    public void MaxPool_Grid_MatchesDefinition(PoolingSizes sizes)
    {
        var x = Input(sizes);
        var (y, places) = MaxPool(sizes, x);
        foreach (var (output, pixels) in Windows(sizes))
        {
            var best = pixels[0];
            foreach (var pixel in pixels)
                best = x[pixel] > x[best] ? pixel : best;
            Assert.That(y[output], Is.EqualTo(x[best]), $"output {output} of {sizes}");
            Assert.That(places[output], Is.EqualTo(T.CreateChecked(pixels.IndexOf(best))), $"place {output}");
        }
        y.AssertGuards();
        places.AssertGuards();
    }

    [Test]
    public void MaxPool_NotANumberAnywhereInTheWindow_Wins([Values(1, 16, 19)] int channels, [Values(0, 1, 2, 3)] int place)
    {
        var sizes = Make(1, 2, 2, channels, 2, 2, 2, 0);
        var x = Input(sizes);
        for (var channel = 0; channel < channels; channel++)
            x[place * channels + channel] = T.NaN;
        var (y, places) = MaxPool(sizes, x);
        for (var channel = 0; channel < channels; channel++)
        {
            Assert.That(T.IsNaN(y[channel]), Is.True);
            Assert.That(places[channel], Is.EqualTo(T.CreateChecked(place)));
        }
    }

    [Test]
    public void MaxPool_AllEqualOrNegativeInfinity_TakesTheFirst([Values(0.0, double.NegativeInfinity)] double value)
    {
        var sizes = Make(1, 3, 3, 17, 3, 3, 1, 1);
        var x = Input(sizes);
        x.Span.Fill(T.CreateChecked(value));
        var (y, places) = MaxPool(sizes, x);
        foreach (var (output, pixels) in Windows(sizes))
        {
            Assert.That(y[output], Is.EqualTo(T.CreateChecked(value)), "padding must not take part");
            Assert.That(places[output], Is.EqualTo(T.Zero));
        }
    }

    [TestCaseSource(nameof(Grid))]
    public void MaxPoolScatter_Grid_SendsEachGradientToItsMaximum(PoolingSizes sizes)
    {
        var x = Input(sizes);
        var (y, places) = MaxPool(sizes, x);
        var dy = new HostArray<T>(Samples.Uniform<T>(y.Length, 2));
        var dx = Undefined(x.Length);
        new MaxPoolScatterKernel<T>(dy.View, places.View, dx.View, sizes).RunHost();
        var expected = new SumReference(dx.Length);
        foreach (var (output, pixels) in Windows(sizes))
            expected.Add(pixels.MaxBy(pixel => x[pixel]), double.CreateChecked(dy[output]));
        expected.AssertEqual<T>(dx.Span, $"dx of {sizes}");
        dx.AssertGuards();
    }

    [TestCaseSource(nameof(Grid))]
    public void MaxPoolGather_OfTheInput_GivesTheMaxima(PoolingSizes sizes)
    {
        var x = Input(sizes);
        var (y, places) = MaxPool(sizes, x);
        var gathered = Undefined(y.Length);
        new MaxPoolGatherKernel<T>(x.View, places.View, gathered.View, sizes).RunHost();
        Assert.That(gathered.Span.SequenceEqual(y.Span), Is.True);
        gathered.AssertGuards();
    }

    [TestCaseSource(nameof(Grid))]
    public void AveragePool_Grid_CountsInputPixelsOnly(PoolingSizes sizes)
    {
        var x = Input(sizes);
        var y = Undefined((int)(sizes.Batch * sizes.OutputImageLength));
        new AveragePoolKernel<T>(x.View, y.View, sizes).RunHost();
        var expected = new SumReference(y.Length);
        foreach (var (output, pixels) in Windows(sizes))
        {
            foreach (var pixel in pixels)
                expected.Add(output, double.CreateChecked(x[pixel]) / pixels.Count);
        }
        expected.AssertEqual<T>(y.Span, $"y of {sizes}");
        y.AssertGuards();
    }

    [TestCaseSource(nameof(Grid))]
    public void AveragePoolGradient_Grid_SharesEqually(PoolingSizes sizes)
    {
        var dy = new HostArray<T>(Samples.Uniform<T>((int)(sizes.Batch * sizes.OutputImageLength), 2));
        var dx = Undefined((int)(sizes.Batch * sizes.InputImageLength));
        new AveragePoolGradientKernel<T>(dy.View, dx.View, sizes).RunHost();
        var expected = new SumReference(dx.Length);
        foreach (var (output, pixels) in Windows(sizes))
        {
            foreach (var pixel in pixels)
                expected.Add(pixel, double.CreateChecked(dy[output]) / pixels.Count);
        }
        expected.AssertEqual<T>(dx.Span, $"dx of {sizes}");
        dx.AssertGuards();
    }

    private static (HostArray<T> Y, HostArray<T> Places) MaxPool(PoolingSizes sizes, HostArray<T> x)
    {
        var y = Undefined((int)(sizes.Batch * sizes.OutputImageLength));
        var places = Undefined(y.Length);
        new MaxPoolKernel<T>(x.View, y.View, places.View, sizes).RunHost();
        return (y, places);
    }

    private static HostArray<T> Input(PoolingSizes sizes) => new(Samples.Uniform<T>((int)(sizes.Batch * sizes.InputImageLength), 1));

    private static HostArray<T> Undefined(int length)
    {
        var array = new HostArray<T>(length);
        array.Span.Fill(T.NaN);
        return array;
    }

    /// <summary>Each output element with the input elements that it sees, in row-major order.</summary>
    private static IEnumerable<(int Output, List<int> Pixels)> Windows(PoolingSizes s)
    {
        var output = 0;
        for (var n = 0; n < s.Batch; n++)
            for (var oy = 0; oy < s.OutputHeight; oy++)
                for (var ox = 0; ox < s.OutputWidth; ox++)
                    for (var c = 0; c < s.Channels; c++)
                    {
                        var pixels = new List<int>();
                        for (var y = oy * s.StrideHeight - s.PadTop; y < oy * s.StrideHeight - s.PadTop + s.WindowHeight; y++)
                            for (var x = ox * s.StrideWidth - s.PadLeft; x < ox * s.StrideWidth - s.PadLeft + s.WindowWidth; x++)
                            {
                                if (y >= 0 && y < s.InputHeight && x >= 0 && x < s.InputWidth)
                                    pixels.Add(((n * s.InputHeight + y) * s.InputWidth + x) * s.Channels + c);
                            }
                        yield return (output++, pixels);
                    }
    }

    private static PoolingSizes Make(int batch, int height, int width, int channels, int windowHeight, int windowWidth, int stride, int pad)
    {
        var top = height == 1 ? 0 : pad;
        return new()
        {
            Batch = batch,
            InputHeight = height,
            InputWidth = width,
            Channels = channels,
            WindowHeight = windowHeight,
            WindowWidth = windowWidth,
            OutputHeight = (height + 2 * top - windowHeight) / stride + 1,
            OutputWidth = (width + pad - windowWidth) / stride + 1,
            StrideHeight = stride,
            StrideWidth = stride,
            PadTop = top,
            PadLeft = pad,
        };
    }
}
