// Programs set it, without a thought of kernels: hence the engine's namespace.
namespace GpuKeras;

/// <summary>How exact products of float32 matrices are: those of dense layers, convolutions, recurrent layers and attention.</summary>
/// <remarks>
/// Devices that have matrix units for it (NVIDIA GPUs from compute capability 8.0 on) round the factors and add their products in
/// float32. Other devices, and products too small to gain, compute as with <see cref="Float32"/>.
/// </remarks>
public enum MatMulPrecision
{
    /// <summary>Float32 throughout.</summary>
    Float32,

    /// <summary>
    /// Factors are rounded to TF32, which has float32's range and 10 bits of fraction: each is off by up to 2⁻¹¹ of itself, a product of
    /// two by at most about 2⁻¹⁰.
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// Factors are rounded to bfloat16, which has about float32's range and 7 bits of fraction: each is off by up to 2⁻⁸ of itself, a
    /// product of two by at most about 2⁻⁷. Tensors stay float32.
    /// </summary>
    BFloat16,
}
