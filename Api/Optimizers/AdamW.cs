using GpuKeras.Saving;

namespace GpuKeras.Optimizers;

/// <summary>Adam with weight decay apart from the gradient, 0.004 by default. Loshchilov and Hutter 2019.</summary>
/// <remarks>
/// Each step first takes w · weightDecay · learningRate away, then does as <see cref="Adam"/>.
/// </remarks>
public sealed class AdamW : Adam
{
    /// <summary>Makes the optimizer; the parameters not described here are those of every <see cref="Optimizer"/>.</summary>
    /// <param name="learningRate">The learning rate, a number or a schedule; 0.001 by default.</param>
    /// <param name="weightDecay">The part of each variable that a step takes away, times the learning rate; null for none.</param>
    /// <param name="beta1">How much of the gradients' average stays at each step.</param>
    /// <param name="beta2">How much of the squares' average stays at each step.</param>
    /// <param name="epsilon">A small number that keeps the division finite.</param>
    /// <param name="amsgrad">Whether to use AMSGrad.</param>
    public AdamW(
        LearningRate? learningRate = null,
        double? weightDecay = 0.004,
        [ConfigKey("beta_1")] double beta1 = 0.9,
        [ConfigKey("beta_2")] double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? clipnorm = null,
        double? clipvalue = null,
        double? globalClipnorm = null,
        bool useEma = false,
        double emaMomentum = 0.99,
        int? emaOverwriteFrequency = null,
        double? lossScaleFactor = null,
        int? gradientAccumulationSteps = null,
        string? name = null)
        : base(
            learningRate, beta1, beta2, epsilon, amsgrad,
            weightDecay, clipnorm, clipvalue, globalClipnorm, useEma, emaMomentum, emaOverwriteFrequency,
            lossScaleFactor, gradientAccumulationSteps, name)
    {
    }
}
