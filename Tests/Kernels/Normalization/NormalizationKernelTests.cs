using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;
using GpuKeras.Kernels.Normalization;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Normalization;

public sealed class NormalizationKernelTests
{
    private const double Epsilon = 1e-3;

    // Around a register (16), a chunk of rows (32, 128) and the scale buffer (1024).
    private static readonly int[][] Shapes =
        [[1, 1], [2, 3], [31, 15], [32, 16], [33, 17], [127, 33], [129, 64], [700, 10], [3, 1025], [40, 2049]];

    [TestCaseSource(nameof(Shapes))]
    public void BatchMoments_AnyShape_MatchTwoPasses(int rows, int channels)
    {
        // A mean a thousand times the deviation: a sum of squares in float32 would lose everything.
        var values = Array.ConvertAll(Samples.Floats(rows * channels), static v => v + 1000);
        using var x = new HostArray<float>(values);
        using var mean = new HostArray<float>(channels);
        using var variance = new HostArray<float>(channels);
        new BatchMomentsKernel<float>(x, mean, variance, rows, channels).RunHost();
        for (var c = 0; c < channels; c++)
        {
            var (expectedMean, expectedVariance) = Moments(rows, r => values[r * channels + c]);
            Assert.That(mean[c], Is.EqualTo(expectedMean).Within(1e-7 * 1000));
            Assert.That(variance[c], Is.EqualTo(expectedVariance).Within(2e-6 * expectedVariance + 1e-9));
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void BatchNorm_ForwardAndGradient_MatchDefinition(int rows, int channels)
    {
        var n = rows * channels;
        var (values, upstream) = (Samples.Doubles(n), Samples.Doubles(n, seed: 2));
        var (scale, offset) = (Samples.Doubles(channels, seed: 3), Samples.Doubles(channels, seed: 4));
        using var x = new HostArray<double>(values);
        using var dy = new HostArray<double>(upstream);
        using var gamma = new HostArray<double>(scale);
        using var beta = new HostArray<double>(offset);
        using var mean = new HostArray<double>(channels);
        using var variance = new HostArray<double>(channels);
        using var y = new HostArray<double>(n);
        using var dx = new HostArray<double>(n);
        using var dgamma = new HostArray<double>(channels);
        using var dbeta = new HostArray<double>(channels);
        new BatchMomentsKernel<double>(x, mean, variance, rows, channels).RunHost();
        new BatchNormalizeKernel<Identity, double>(x, mean, variance, gamma, beta, y, rows, channels, Epsilon).RunHost();
        new BatchNormGradientKernel<Identity, double>(x, mean, variance, gamma, beta, dy, dx, dgamma, dbeta, rows, channels, Epsilon).RunHost();
        for (var c = 0; c < channels; c++)
        {
            var (m, v) = Moments(rows, r => values[r * channels + c]);
            var inverse = 1 / Math.Sqrt(v + Epsilon);
            double Normalized(int r) => (values[r * channels + c] - m) * inverse;
            var (sum, product) = (0.0, 0.0);
            for (var r = 0; r < rows; r++)
            {
                sum += upstream[r * channels + c];
                product += upstream[r * channels + c] * Normalized(r);
            }
            Assert.That(dbeta[c], Is.EqualTo(sum).Within(1e-11));
            Assert.That(dgamma[c], Is.EqualTo(product).Within(1e-10));
            for (var r = 0; r < rows; r++)
            {
                var i = r * channels + c;
                Assert.That(y[i], Is.EqualTo(Normalized(r) * scale[c] + offset[c]).Within(1e-11));
                Assert.That(
                    dx[i], Is.EqualTo(scale[c] * inverse * (upstream[i] - sum / rows - Normalized(r) * product / rows)).Within(1e-10));
            }
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void BatchNorm_WithRelu_IsTheNormalizationThenRelu(int rows, int channels)
    {
        var n = rows * channels;
        using var x = new HostArray<float>(Samples.Floats(n));
        using var dy = new HostArray<float>(Samples.Floats(n, seed: 2));
        using var gamma = new HostArray<float>(Samples.Floats(channels, seed: 3));
        using var beta = new HostArray<float>(Samples.Floats(channels, seed: 4));
        using var mean = new HostArray<float>(channels);
        using var variance = new HostArray<float>(channels);
        using var plain = new HostArray<float>(n);
        using var y = new HostArray<float>(n);
        new BatchMomentsKernel<float>(x, mean, variance, rows, channels).RunHost();
        new BatchNormalizeKernel<Identity, float>(x, mean, variance, gamma, beta, plain, rows, channels, Epsilon).RunHost();
        new BatchNormalizeKernel<Relu, float>(x, mean, variance, gamma, beta, y, rows, channels, Epsilon).RunHost();
        Assert.That(y.Values, Is.EqualTo(Array.ConvertAll(plain.Values, static v => v < 0 ? 0 : v)));

        var masked = Array.ConvertAll<int, float>([.. Enumerable.Range(0, n)], i => plain[i] > 0 ? dy[i] : 0);
        using var maskedDy = new HostArray<float>(masked);
        using var dx = new HostArray<float>(n);
        using var expectedDx = new HostArray<float>(n);
        using var sums = new HostArray<float>(2 * channels);
        using var expectedSums = new HostArray<float>(2 * channels);
        new BatchNormGradientKernel<Relu, float>(
            x, mean, variance, gamma, beta, dy, dx, sums.View.SubView(0, channels), sums.View.SubView(channels, channels), rows, channels,
            Epsilon).RunHost();
        new BatchNormGradientKernel<Identity, float>(
            x, mean, variance, gamma, beta, maskedDy, expectedDx, expectedSums.View.SubView(0, channels),
            expectedSums.View.SubView(channels, channels), rows, channels, Epsilon).RunHost();
        Assert.That(dx.Values, Is.EqualTo(expectedDx.Values));
        Assert.That(sums.Values, Is.EqualTo(expectedSums.Values));
    }

    [TestCaseSource(nameof(Shapes))]
    public void LayerNorm_ForwardAndGradient_MatchDefinition(int rows, int columns)
    {
        var n = rows * columns;
        var (values, upstream) = (Samples.Doubles(n), Samples.Doubles(n, seed: 2));
        var (scale, offset) = (Samples.Doubles(columns, seed: 3), Samples.Doubles(columns, seed: 4));
        using var x = new HostArray<double>(values);
        using var dy = new HostArray<double>(upstream);
        using var gamma = new HostArray<double>(scale);
        using var beta = new HostArray<double>(offset);
        using var mean = new HostArray<double>(rows);
        using var inverse = new HostArray<double>(rows);
        using var y = new HostArray<double>(n);
        using var dx = new HostArray<double>(n);
        using var dgamma = new HostArray<double>(columns);
        using var dbeta = new HostArray<double>(columns);
        new LayerNormKernel<double>(x, gamma, beta, y, mean, inverse, rows, columns, Epsilon).RunHost();
        new LayerNormGradientKernel<double>(x, gamma, mean, inverse, dy, dx, dgamma, dbeta, rows, columns).RunHost();
        var (expectedGamma, expectedBeta) = (new double[columns], new double[columns]);
        for (var r = 0; r < rows; r++)
        {
            var (m, v) = Moments(columns, c => values[r * columns + c]);
            var s = 1 / Math.Sqrt(v + Epsilon);
            var (sum, product) = (0.0, 0.0);
            for (var c = 0; c < columns; c++)
            {
                var i = r * columns + c;
                var normalized = (values[i] - m) * s;
                sum += upstream[i] * scale[c];
                product += upstream[i] * scale[c] * normalized;
                expectedGamma[c] += upstream[i] * normalized;
                expectedBeta[c] += upstream[i];
                Assert.That(y[i], Is.EqualTo(normalized * scale[c] + offset[c]).Within(1e-11));
            }
            for (var c = 0; c < columns; c++)
            {
                var i = r * columns + c;
                var expected = s * (upstream[i] * scale[c] - sum / columns - (values[i] - m) * s * product / columns);
                Assert.That(dx[i], Is.EqualTo(expected).Within(1e-10));
            }
        }
        Assert.That(dgamma.Values, Is.EqualTo(expectedGamma).Within(1e-10));
        Assert.That(dbeta.Values, Is.EqualTo(expectedBeta).Within(1e-10));
    }

    [TestCase(700, 33), TestCase(5000, 16)]
    [NonParallelizable]
    public void Float32_MatchesFloat64_AndDoesNotDependOnThreads(int rows, int channels)
    {
        var n = rows * channels;
        var (wide, wideDgamma) = Gradients(
            Samples.Doubles(n), Samples.Doubles(n, seed: 2), Samples.Doubles(channels, seed: 3), rows, channels);
        var single = Threads.Results(
            () => Gradients(Samples.Floats(n), Samples.Floats(n, seed: 2), Samples.Floats(channels, seed: 3), rows, channels).Dgamma);
        Assert.That(single, Is.All.EqualTo(single[0]));
        Assert.That(single[0], Is.EqualTo(Array.ConvertAll(wideDgamma, static v => (float)v)).Within(1e-6f * rows));
        var dx = Gradients(Samples.Floats(n), Samples.Floats(n, seed: 2), Samples.Floats(channels, seed: 3), rows, channels).Dx;
        Assert.That(dx, Is.EqualTo(Array.ConvertAll(wide, static v => (float)v)).Within(1e-5f));
    }

    [Test]
    public void BatchMoments_OfNoRows_AreNaN()
    {
        using var x = new HostArray<float>(0);
        using var mean = new HostArray<float>(3);
        using var variance = new HostArray<float>(3);
        new BatchMomentsKernel<float>(x, mean, variance, 0, 3).RunHost();
        Assert.That(mean.Values, Is.All.NaN);
        Assert.That(variance.Values, Is.All.NaN);
    }

    private static (T[] Dx, T[] Dgamma) Gradients<T>(T[] values, T[] upstream, T[] scale, int rows, int channels)
        where T : unmanaged
    {
        using var x = new HostArray<T>(values);
        using var dy = new HostArray<T>(upstream);
        using var gamma = new HostArray<T>(scale);
        using var beta = new HostArray<T>(channels);
        using var mean = new HostArray<T>(channels);
        using var variance = new HostArray<T>(channels);
        using var dx = new HostArray<T>(values.Length);
        using var dgamma = new HostArray<T>(channels);
        using var dbeta = new HostArray<T>(channels);
        new BatchMomentsKernel<T>(x, mean, variance, rows, channels).RunHost();
        new BatchNormGradientKernel<Identity, T>(x, mean, variance, gamma, beta, dy, dx, dgamma, dbeta, rows, channels, Epsilon).RunHost();
        return (dx.Values, dgamma.Values);
    }

    private static (double Mean, double Variance) Moments(int count, Func<int, double> value)
    {
        var mean = 0.0;
        for (var i = 0; i < count; i++)
            mean += value(i) / count;
        var variance = 0.0;
        for (var i = 0; i < count; i++)
            variance += Math.Pow(value(i) - mean, 2) / count;
        return (mean, variance);
    }
}
