using System.Numerics;
using GpuKeras.Kernels.Convolution;
using GpuKeras.Kernels.Elementwise;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Convolution;

[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public class ConvolutionKernelTests<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Grouped))]
    public void Forward_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, y) = Operands(sizes);
        var bias = Samples.Uniform<T>(sizes.OutputChannels, 4);
        var result = Undefined(y.Length);
        new ConvolutionKernel<Identity, T>(x.View, filter.View, new HostArray<T>(bias).View, result.View, sizes).RunHost();
        AssertForward(sizes, x, filter, bias, result);
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Depthwise))]
    public void DepthwiseForward_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, y) = Operands(sizes);
        var result = Undefined(y.Length);
        new DepthwiseConvolutionKernel<T>(x.View, filter.View, result.View, sizes).RunHost();
        AssertForward(sizes, x, filter, null, result);
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Grouped))]
    public void InputGradient_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, dy) = Operands(sizes);
        var dx = Undefined(x.Length);
        new ConvolutionInputGradientKernel<T>(dy.View, filter.View, dx.View, sizes).RunHost();
        AssertInputGradient(sizes, filter, dy, dx);
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Depthwise))]
    public void DepthwiseInputGradient_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, dy) = Operands(sizes);
        var dx = Undefined(x.Length);
        new DepthwiseInputGradientKernel<T>(dy.View, filter.View, dx.View, sizes).RunHost();
        AssertInputGradient(sizes, filter, dy, dx);
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Grouped))]
    public void FilterGradient_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, dy) = Operands(sizes);
        var gradient = Undefined(filter.Length);
        new ConvolutionFilterGradientKernel<T>(x.View, dy.View, gradient.View, sizes).RunHost();
        AssertFilterGradient(sizes, x, dy, gradient);
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Depthwise))]
    public void DepthwiseFilterGradient_Grid_MatchesDefinition(ConvolutionSizes sizes)
    {
        var (x, filter, dy) = Operands(sizes);
        var gradient = Undefined(filter.Length);
        new DepthwiseFilterGradientKernel<T>(x.View, dy.View, gradient.View, sizes).RunHost();
        AssertFilterGradient(sizes, x, dy, gradient);
    }

    // A sum's tolerance would hide a coefficient of Winograd's transforms that is off in its last places.
    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Winograd))]
    public void Winograd_WholeNumbers_HaveExactSums(ConvolutionSizes sizes)
    {
        var x = new HostArray<T>(WholeNumbers.Inputs<T>(sizes.Batch * sizes.InputHeight * sizes.InputWidth, sizes.InputChannels));
        var dy = new HostArray<T>(WholeNumbers.Inputs<T>((int)sizes.OutputPixels, sizes.OutputChannels));
        var filter = new HostArray<T>(WholeNumbers.Filter<T>((int)sizes.FilterLength));
        var (y, dx) = (Undefined(dy.Length), Undefined(x.Length));
        new ConvolutionKernel<Identity, T>(x.View, filter.View, default, y.View, sizes).RunHost();
        new ConvolutionInputGradientKernel<T>(dy.View, filter.View, dx.View, sizes).RunHost();
        var (expectedY, expectedDx) = (new double[y.Length], new double[dx.Length]);
        ConvolutionCases.ForEachProduct(sizes, (xi, fi, yi) =>
        {
            expectedY[yi] += Product(x, xi, filter, fi);
            expectedDx[xi] += Product(dy, yi, filter, fi);
        });
        Assert.That(Array.ConvertAll(y.Values, double.CreateChecked), Is.EqualTo(expectedY));
        Assert.That(Array.ConvertAll(dx.Values, double.CreateChecked), Is.EqualTo(expectedDx));
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.OfEachMethod))]
    public void Forward_NaN_ReachesItsWindowsAndNoFartherThanATile(ConvolutionSizes sizes)
    {
        var (x, filter, y) = Operands(sizes);
        const int row = 5, column = 6;
        x[(row * sizes.InputWidth + column) * sizes.InputChannels + 3] = T.NaN;
        var result = Undefined(y.Length);
        new ConvolutionKernel<Identity, T>(x.View, filter.View, default, result.View, sizes).RunHost();
        for (var i = 0; i < y.Length; i++)
        {
            var pixel = i / sizes.OutputChannels;
            var distance = Math.Max(Math.Abs(pixel / sizes.OutputWidth - row), Math.Abs(pixel % sizes.OutputWidth - column));
            // Winograd's tiles of 2 × 2 outputs share 4 × 4 inputs: the NaN of one becomes that of its neighbours.
            if (distance != 2)
                Assert.That(T.IsNaN(result[i]), Is.EqualTo(distance < 2), $"element {i}, {distance} pixels away");
        }
    }

    [TestCaseSource(typeof(ConvolutionCases), nameof(ConvolutionCases.Grouped))]
    [NonParallelizable]
    public void ThreadCount_AnySplit_GivesTheSameBits(ConvolutionSizes sizes)
    {
        var (x, filter, dy) = Operands(sizes);
        var results = Array.ConvertAll<int, T[]>([1, 2, 5], threads => Threads.Result<T[]>(threads, () =>
        {
            var (y, dx, gradient) = (Undefined(dy.Length), Undefined(x.Length), Undefined(filter.Length));
            new ConvolutionKernel<Identity, T>(x.View, filter.View, default, y.View, sizes).RunHost();
            new ConvolutionInputGradientKernel<T>(dy.View, filter.View, dx.View, sizes).RunHost();
            new ConvolutionFilterGradientKernel<T>(x.View, dy.View, gradient.View, sizes).RunHost();
            return [.. y.Span, .. dx.Span, .. gradient.Span];
        }));
        Assert.That(results[1].AsSpan().SequenceEqual(results[0]), Is.True, "2 threads");
        Assert.That(results[2].AsSpan().SequenceEqual(results[0]), Is.True, "5 threads");
    }

    private static (HostArray<T> X, HostArray<T> Filter, HostArray<T> Y) Operands(ConvolutionSizes sizes) =>
    (
        new(Samples.Uniform<T>((int)(sizes.Batch * sizes.InputImageLength), 1)),
        new(Samples.Uniform<T>((int)sizes.FilterLength, 2)),
        new(Samples.Uniform<T>((int)sizes.OutputPixels * sizes.OutputChannels, 3)));

    private static HostArray<T> Undefined(int length)
    {
        var array = new HostArray<T>(length);
        array.Span.Fill(T.NaN);
        return array;
    }

    private static double Product(HostArray<T> a, int i, HostArray<T> b, int j) => double.CreateChecked(a[i]) * double.CreateChecked(b[j]);

    private static void AssertForward(ConvolutionSizes sizes, HostArray<T> x, HostArray<T> filter, T[]? bias, HostArray<T> result)
    {
        var expected = new SumReference(result.Length);
        for (var i = 0; bias != null && i < result.Length; i++)
            expected.Add(i, double.CreateChecked(bias[i % bias.Length]));
        ConvolutionCases.ForEachProduct(sizes, (xi, fi, yi) => expected.Add(yi, Product(x, xi, filter, fi)));
        expected.AssertEqual<T>(result.Span, $"y of {sizes}");
        result.AssertGuards();
    }

    private static void AssertInputGradient(ConvolutionSizes sizes, HostArray<T> filter, HostArray<T> dy, HostArray<T> dx)
    {
        var expected = new SumReference(dx.Length);
        ConvolutionCases.ForEachProduct(sizes, (xi, fi, yi) => expected.Add(xi, Product(dy, yi, filter, fi)));
        expected.AssertEqual<T>(dx.Span, $"dx of {sizes}");
        dx.AssertGuards();
    }

    private static void AssertFilterGradient(ConvolutionSizes sizes, HostArray<T> x, HostArray<T> dy, HostArray<T> gradient)
    {
        var expected = new SumReference(gradient.Length);
        ConvolutionCases.ForEachProduct(sizes, (xi, fi, yi) => expected.Add(fi, Product(x, xi, dy, yi)));
        expected.AssertEqual<T>(gradient.Span, $"filter gradient of {sizes}");
        gradient.AssertGuards();
    }
}
