namespace GpuKeras.Kernels.Elementwise;

/// <summary>Where up to three broadcast operands have their elements for one element of the result.</summary>
/// <param name="First">The position in operand 0.</param>
/// <param name="Second">The position in operand 1.</param>
/// <param name="Third">The position in operand 2.</param>
public readonly record struct OperandPositions(uint First, uint Second, uint Third);
