namespace GpuKeras.Saving;

/// <summary>An operation that Keras has as a class, and what computes it here.</summary>
/// <param name="Module">Keras' module, such as <c>keras.src.ops.numpy</c>.</param>
/// <param name="ClassName">Keras' class.</param>
/// <param name="Compute">Computes the outputs.</param>
internal sealed record KerasOperation(string Module, string ClassName, Func<OperationCall, IReadOnlyList<Tensor>> Compute);
