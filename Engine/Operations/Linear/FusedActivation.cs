using GpuKeras.Kernels.Elementwise;

namespace GpuKeras;

/// <summary>The gradient of an activation that is computed together with a product, so that its argument is never stored.</summary>
/// <typeparam name="TActivation">A function whose derivative is the same at x and at f(x): the identity or relu.</typeparam>
internal static class FusedActivation<TActivation>
    where TActivation : struct, IDifferentiableFunction
{
    /// <summary>The gradient with respect to the activation's argument.</summary>
    public static Tensor Gradient(BackwardContext context) => typeof(TActivation) == typeof(Identity)
        ? context.Gradient
        : new MapGradientOp<TActivation>(default).Apply(context.Output, context.Output, context.Gradient);
}
