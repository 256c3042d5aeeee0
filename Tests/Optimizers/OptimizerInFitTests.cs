using GpuKeras.Constraints;
using GpuKeras.Layers;
using GpuKeras.Optimizers;
using NUnit.Framework;

namespace GpuKeras.Tests.Optimizers;

/// <summary>What <c>Fit</c> has to do for an optimizer.</summary>
public sealed class OptimizerInFitTests
{
    private static readonly Tensor X = Tensor.From(new float[,] { { 1, 2 }, { -1, 1 }, { 0.5f, -2 }, { 2, 0 } });
    private static readonly Tensor Y = Tensor.From(new float[,] { { 1 }, { 0 }, { -1 }, { 2 } });

    [Test]
    public void Fit_LossScale_TrainsAsWithout()
    {
        var plain = Train(new SGD(learningRate: 0.1));
        Assert.That(Train(new SGD(learningRate: 0.1, lossScaleFactor: 1024)), Is.EqualTo(plain).Within(1e-6));
        Assert.That(plain, Is.Not.EqualTo(new float[] { 1, 1 }).Within(1e-3));
    }

    [Test]
    public void Fit_Ema_EndsWithTheAverages()
    {
        var optimizer = new SGD(learningRate: 0.1, useEma: true, emaMomentum: 0.9);
        var kernel = Train(optimizer);
        Assert.That(
            kernel,
            Is.EqualTo(
                optimizer.Variables.Single(static slot => slot.Name.EndsWith("kernel_average", StringComparison.Ordinal))
                    .ToArray<float>()));
        Assert.That(kernel, Is.Not.EqualTo(Train(new SGD(learningRate: 0.1))).Within(1e-3));
    }

    [Test]
    public void Fit_KernelConstraint_Holds()
    {
        var kernel = Train(new SGD(learningRate: 0.5), new UnitNorm());
        Assert.That(Math.Sqrt(kernel.Sum(static value => value * value)), Is.EqualTo(1).Within(1e-5));
    }

    private static float[] Train(Optimizer optimizer, Constraint? constraint = null)
    {
        var dense = new Dense(1, kernelInitializer: "ones", kernelConstraint: constraint);
        var model = new Sequential([dense]);
        model.Compile(optimizer: optimizer, loss: "mse");
        model.Fit(X, Y, batchSize: 2, epochs: 3, shuffle: false, verbose: 0);
        return dense.Kernel.ToArray<float>();
    }
}
