using GpuKeras.Kernels.Reduction;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Reduction;

public sealed class SoftmaxKernelTests
{
    private static readonly int[][] Shapes = [[1, 1], [2, 10], [3, 15], [3, 16], [3, 17], [5, 33], [300, 10], [40, 257]];

    [TestCaseSource(nameof(Shapes))]
    public void Family_AnyShape_MatchesDoubleReference(int rows, int columns)
    {
        var values = Array.ConvertAll(Samples.Floats(rows * columns), static v => 10 * v);
        var upstream = Samples.Floats(rows * columns, seed: 2);
        using var x = new HostArray<float>(values);
        using var dy = new HostArray<float>(upstream);
        using var softmax = new HostArray<float>(rows * columns);
        using var logSoftmax = new HostArray<float>(rows * columns);
        using var softmaxGradient = new HostArray<float>(rows * columns);
        using var logSoftmaxGradient = new HostArray<float>(rows * columns);
        using var logSumExp = new HostArray<float>(rows);
        new SoftmaxKernel<float>(x, softmax, rows, columns).RunHost();
        new LogSoftmaxKernel<float>(x, logSoftmax, rows, columns).RunHost();
        new SoftmaxGradientKernel<float>(softmax, dy, softmaxGradient, rows, columns).RunHost();
        new LogSoftmaxGradientKernel<float>(logSoftmax, dy, logSoftmaxGradient, rows, columns).RunHost();
        new LogSumExpKernel<float>(x, logSumExp, rows, columns).RunHost();
        for (var row = 0; row < rows; row++)
        {
            var p = Probabilities(values.AsSpan(row * columns, columns), out var logTotal);
            Assert.That(logSumExp[row], Is.EqualTo(logTotal).Within(4e-6));
            var (dot, sum) = (0.0, 0.0);
            for (var c = 0; c < columns; c++)
            {
                dot += p[c] * upstream[row * columns + c];
                sum += upstream[row * columns + c];
            }
            for (var c = 0; c < columns; c++)
            {
                var i = row * columns + c;
                Assert.That(softmax[i], Is.EqualTo(p[c]).Within(RelativeBound(values[i], logTotal) * p[c]), $"softmax [{row}, {c}]");
                Assert.That(logSoftmax[i], Is.EqualTo(values[i] - logTotal).Within(5e-6), $"log-softmax [{row}, {c}]");
                Assert.That(softmaxGradient[i], Is.EqualTo(p[c] * (upstream[i] - dot)).Within(2e-6), $"gradient [{row}, {c}]");
                Assert.That(logSoftmaxGradient[i], Is.EqualTo(upstream[i] - p[c] * sum).Within(2e-5), $"log gradient [{row}, {c}]");
            }
        }
    }

    [TestCaseSource(nameof(Shapes))]
    public void CrossEntropies_AnyShape_MatchDoubleReference(int rows, int columns)
    {
        var values = Array.ConvertAll(Samples.Floats(rows * columns), static v => 10 * v);
        var upstream = Samples.Floats(rows, seed: 3);
        var labels = Samples.Integers(rows, 0, columns);
        var targets = Samples.Floats(rows * columns, seed: 4);
        using var x = new HostArray<float>(values);
        using var g = new HostArray<float>(upstream);
        using var sparse = new HostArray<int>(labels);
        using var dense = new HostArray<float>(targets);
        using var loss = new HostArray<float>(rows);
        using var denseLoss = new HostArray<float>(rows);
        using var dx = new HostArray<float>(rows * columns);
        using var denseDx = new HostArray<float>(rows * columns);
        new SparseCrossEntropyKernel<float>(x, sparse, loss, rows, columns).RunHost();
        new SparseCrossEntropyGradientKernel<float>(x, sparse, g, dx, rows, columns).RunHost();
        new CrossEntropyKernel<float>(x, dense, denseLoss, rows, columns).RunHost();
        new CrossEntropyGradientKernel<float>(x, dense, g, denseDx, rows, columns).RunHost();
        for (var row = 0; row < rows; row++)
        {
            var p = Probabilities(values.AsSpan(row * columns, columns), out var logTotal);
            Assert.That(loss[row], Is.EqualTo(logTotal - values[row * columns + labels[row]]).Within(5e-6));
            var (expected, mass, size) = (0.0, 0.0, 0.0);
            for (var c = 0; c < columns; c++)
            {
                var i = row * columns + c;
                expected += targets[i] * (logTotal - values[i]);
                size += Math.Abs(targets[i] * (logTotal - values[i]));
                mass += targets[i];
            }
            Assert.That(denseLoss[row], Is.EqualTo(expected).Within(1e-6 * size + 1e-6));
            for (var c = 0; c < columns; c++)
            {
                var i = row * columns + c;
                Assert.That(dx[i], Is.EqualTo((p[c] - (c == labels[row] ? 1 : 0)) * upstream[row]).Within(2e-6));
                Assert.That(denseDx[i], Is.EqualTo((p[c] * mass - targets[i]) * upstream[row]).Within(4e-5));
            }
        }
    }

    [Test]
    public void Softmax_HugeLogits_DoesNotOverflow()
    {
        Assert.That(Softmax([1000, 1000, -1000]), Is.EqualTo(new[] { 0.5f, 0.5f, 0f }));
        Assert.That(Softmax([float.NegativeInfinity, 3, float.NegativeInfinity]), Is.EqualTo(new[] { 0f, 1f, 0f }));
    }

    [Test]
    public void Softmax_NaNOrNothingFinite_IsNaN()
    {
        Assert.That(Softmax([1, float.NaN, 2]), Is.All.NaN);
        Assert.That(Softmax([float.NegativeInfinity, float.NegativeInfinity]), Is.All.NaN);
    }

    [TestCase(new[] { float.NegativeInfinity, float.NegativeInfinity }, float.NegativeInfinity)]
    [TestCase(new[] { 1f, float.PositiveInfinity }, float.PositiveInfinity)]
    [TestCase(new[] { 1f, float.NaN }, float.NaN)]
    [TestCase(new float[0], float.NegativeInfinity)]
    public void LogSumExp_SpecialValues_AsDocumented(float[] values, float expected)
    {
        using var x = new HostArray<float>(values);
        using var y = new HostArray<float>(1);
        new LogSumExpKernel<float>(x, y, 1, values.Length).RunHost();
        Assert.That(y[0], Is.EqualTo(expected));
    }

    [Test]
    public void CrossEntropy_ZeroTargetOfImpossibleClass_AddsNothing()
    {
        using var x = new HostArray<float>([0, 0, float.NegativeInfinity]);
        using var t = new HostArray<float>([0.5f, 0.5f, 0]);
        using var loss = new HostArray<float>(1);
        new CrossEntropyKernel<float>(x, t, loss, 1, 3).RunHost();
        Assert.That(loss[0], Is.EqualTo(Math.Log(2)).Within(1e-6));
    }

    [TestCase(3), TestCase(-1)]
    public void SparseCrossEntropy_LabelOutOfRange_NamesItAndTheLimit(int label)
    {
        using var x = new HostArray<float>(Samples.Floats(6));
        using var labels = new HostArray<int>([0, label]);
        using var loss = new HostArray<float>(2);
        var error = Assert.Throws<IndexOutOfRangeException>(() => new SparseCrossEntropyKernel<float>(x, labels, loss, 2, 3).RunHost());
        Assert.That(error!.Message, Does.Contain($"got {label} at position 1").And.Contain("0 to 2"));
    }

    // x − max is rounded before the exponential, which turns its absolute error into a relative one.
    private static double RelativeBound(double x, double logTotal) => Math.Pow(2, -24) * (12 + Math.Abs(x - logTotal));

    private static float[] Softmax(float[] values)
    {
        using var x = new HostArray<float>(values);
        new SoftmaxKernel<float>(x, x, 1, values.Length).RunHost();
        return x.Values;
    }

    private static double[] Probabilities(Span<float> row, out double logTotal)
    {
        var max = double.NegativeInfinity;
        foreach (var v in row)
            max = Math.Max(max, v);
        var total = 0.0;
        foreach (var v in row)
            total += Math.Exp(v - max);
        logTotal = max + Math.Log(total);
        var p = new double[row.Length];
        for (var i = 0; i < p.Length; i++)
            p[i] = Math.Exp(row[i] - logTotal);
        return p;
    }
}
