using GpuKeras.Kernels.Elementwise;

namespace GpuKeras.Kernels.Convolution;

/// <summary>Chooses between the direct convolution and Winograd's by the sizes.</summary>
public static unsafe class ConvolutionMethod
{
    /// <summary>Whether the bodies of the host and of CPU-like devices use Winograd's where it pays; others never do.</summary>
    public static bool UsesWinograd { get; set; } = true;

    /// <summary>y = f(x ∗ filter + bias).</summary>
    /// <param name="x">The input.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="bias">The bias, or null.</param>
    /// <param name="y">The output.</param>
    /// <param name="grid">The convolution.</param>
    /// <param name="sizes">The sizes of the filter.</param>
    /// <param name="transpose">Whether the filter's output channels are summed over: in the input gradient.</param>
    /// <param name="activation">f.</param>
    internal static void Compute<TActivation, T>(
        T* x, T* filter, T* bias, T* y, in TapGrid grid, in ConvolutionSizes sizes, bool transpose, TActivation activation)
        where TActivation : struct, IUnaryFunction
        where T : unmanaged
    {
        if (UsesWinograd && WinogradConvolution<TActivation, T>.Suits(grid))
            WinogradConvolution<TActivation, T>.Compute(x, filter, bias, y, grid, sizes, transpose, activation);
        else
            DirectConvolution<TActivation, T>.Compute(x, filter, bias, y, grid, sizes, transpose, activation);
    }
}
