namespace GpuKeras.Kernels.Elementwise;

/// <summary>Where up to three broadcast operands have their elements for one lane of the result.</summary>
/// <param name="First">The place in operand 0.</param>
/// <param name="Second">The place in operand 1.</param>
/// <param name="Third">The place in operand 2.</param>
public readonly record struct OperandPositions(OperandPosition First, OperandPosition Second, OperandPosition Third);
