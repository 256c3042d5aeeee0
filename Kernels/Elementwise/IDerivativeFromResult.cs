namespace GpuKeras.Kernels.Elementwise;

/// <summary>A function whose derivative follows from its result: f′ given (x, y) equals f′ given (y, y), where y = f(x).</summary>
/// <remarks>A kernel that applies such a function in its own pass need not keep the argument for the gradient.</remarks>
public interface IDerivativeFromResult : IDifferentiableFunction;
