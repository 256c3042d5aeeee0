namespace GpuKeras;

/// <summary>An operation does not take tensors of this dtype.</summary>
/// <param name="what">The operation or layer.</param>
/// <param name="rule">What it needs.</param>
/// <param name="got">What came.</param>
public sealed class DTypeException(string what, string rule, string got) : ArgumentException($"{what}: {rule}; got {got}.");
