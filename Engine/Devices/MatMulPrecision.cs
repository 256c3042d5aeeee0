namespace GpuKeras;

/// <summary>How exact products of float32 matrices are: those of dense layers, convolutions, recurrent layers and attention.</summary>
public enum MatMulPrecision
{
    /// <summary>Float32 throughout.</summary>
    Float32,

    /// <summary>
    /// Devices that have matrix units for it (NVIDIA GPUs from compute capability 8.0 on) round the factors to TF32, which has
    /// float32's range and 10 bits of fraction, and add their products in float32; a product is off by at most about 2⁻¹⁰ of its size.
    /// Other devices, and products too small to gain, compute as with <see cref="Float32"/>.
    /// </summary>
    TensorFloat32,
}
