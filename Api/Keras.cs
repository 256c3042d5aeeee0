using GpuKeras.Layers;
using GpuKeras.Utilities;

namespace GpuKeras;

/// <summary>Keras' module-level functions.</summary>
public static class Keras
{
    /// <summary>The small number that keeps divisions and logarithms finite, 1e-7.</summary>
    public const double Epsilon = 1e-7;

    /// <summary>How exact products of float32 matrices are: float32 by default; GPUs with matrix units can round to TF32 or bfloat16.</summary>
    /// <remarks>PyTorch's <c>set_float32_matmul_precision</c>. Counts for what is computed from here on, in all threads; the CPU and OpenCL ignore it.</remarks>
    public static MatMulPrecision MatMulPrecision
    {
        get => Device.MatMulPrecision;
        set => Device.MatMulPrecision = value;
    }

    /// <summary>Seeds everything random from here on: initial weights, shuffles, dropout masks.</summary>
    public static void SetRandomSeed(long seed) => GlobalSeed.Set(seed);

    /// <summary>Forgets automatic names, so that the next dense layer is called <c>dense</c> again.</summary>
    public static void ClearSession() => AutomaticNames.Reset();

    /// <summary>A symbolic tensor that a functional model starts from.</summary>
    /// <param name="shape">The shape of one sample, without the batch axis; <see cref="Shape.Unknown"/> where it varies.</param>
    /// <param name="batchSize">The batch size, if it is fixed.</param>
    /// <param name="dtype">The dtype of the values.</param>
    /// <param name="name">The input's name; by default <c>input_layer</c>, <c>input_layer_1</c>, …</param>
    /// <returns>A symbolic tensor <c>[batch, …shape]</c>.</returns>
    public static Tensor Input(Shape shape, int? batchSize = null, DType dtype = DType.Float32, string? name = null) =>
        new InputLayer(shape, batchSize, dtype, name).Output;
}
