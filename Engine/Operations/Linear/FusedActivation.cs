using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>The gradient of an activation that is computed together with a product.</summary>
/// <typeparam name="TActivation">The activation f.</typeparam>
internal static class FusedActivation<TActivation>
    where TActivation : struct, IDifferentiableFunction
{
    /// <summary>Whether the gradient needs f's argument beside f's value, so that the forward pass must keep it.</summary>
    public static bool NeedsArgument => default(TActivation) is not IDerivativeFromResult;

    /// <summary>
    /// The gradient with respect to the activation's argument, from the output alone. Right under another tape only where f is
    /// piecewise linear.
    /// </summary>
    public static Tensor Gradient(BackwardContext context) => Gradient(context, default, context.Output);

    /// <summary>The gradient with respect to the activation's argument.</summary>
    /// <param name="context">The output f(argument) and its gradient.</param>
    /// <param name="activation">f's parameters.</param>
    /// <param name="argument">The argument; where <see cref="NeedsArgument"/> is false, the output does as well.</param>
    public static Tensor Gradient(BackwardContext context, TActivation activation, Tensor argument) =>
        typeof(TActivation) == typeof(Identity)
            ? context.Gradient
            : new MapGradientOp<TActivation>(activation).Apply(argument, context.Output, context.Gradient);
}
