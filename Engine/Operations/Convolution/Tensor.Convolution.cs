using GpuKeras.Kernels.Elementwise;
using GpuKeras.Kernels.Elementwise.Functions;

namespace GpuKeras;

public partial class Tensor
{
    /// <summary>1D convolution (cross-correlation) of this tensor <c>[batch, steps, channels]</c> with a kernel.</summary>
    /// <param name="kernel">The kernel <c>[kernel steps, channels / groups, filters]</c>.</param>
    /// <param name="stride">Steps from one output to the next.</param>
    /// <param name="padding">What happens at the ends.</param>
    /// <param name="dilation">Steps from one kernel element to the next.</param>
    /// <param name="groups">Into how many independent groups the channels are split.</param>
    /// <param name="bias">The bias <c>[filters]</c>, or null.</param>
    /// <param name="relu">Whether to apply relu in the same pass.</param>
    /// <returns>The output <c>[batch, output steps, filters]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the input is shorter than the kernel.</exception>
    public Tensor Conv1D(
        Tensor kernel, int stride = 1, Padding padding = Padding.Valid, int dilation = 1, int groups = 1, Tensor? bias = null,
        bool relu = false) =>
        Convolve(new(1, (1, stride), (1, dilation), padding, groups), kernel, bias, relu);

    /// <summary>2D convolution (cross-correlation) of this tensor <c>[batch, height, width, channels]</c> with a kernel.</summary>
    /// <param name="kernel">The kernel <c>[kernel height, kernel width, channels / groups, filters]</c>.</param>
    /// <param name="strides">Rows and columns from one output pixel to the next; (1, 1) by default.</param>
    /// <param name="padding">What happens at the edges.</param>
    /// <param name="dilation">Rows and columns from one kernel element to the next; (1, 1) by default.</param>
    /// <param name="groups">Into how many independent groups the channels are split.</param>
    /// <param name="bias">The bias <c>[filters]</c>, or null.</param>
    /// <param name="relu">Whether to apply relu in the same pass.</param>
    /// <returns>The output <c>[batch, output height, output width, filters]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the input is smaller than the kernel.</exception>
    public Tensor Conv2D(
        Tensor kernel, (int Height, int Width)? strides = null, Padding padding = Padding.Valid, (int Height, int Width)? dilation = null,
        int groups = 1, Tensor? bias = null, bool relu = false) =>
        Convolve(new(2, strides ?? (1, 1), dilation ?? (1, 1), padding, groups), kernel, bias, relu);

    /// <summary>2D convolution of every channel of this tensor <c>[batch, height, width, channels]</c> with filters of its own.</summary>
    /// <param name="kernel">The kernel <c>[kernel height, kernel width, channels, multiplier]</c>.</param>
    /// <param name="strides">Rows and columns from one output pixel to the next; (1, 1) by default.</param>
    /// <param name="padding">What happens at the edges.</param>
    /// <param name="dilation">Rows and columns from one kernel element to the next; (1, 1) by default.</param>
    /// <returns>The output <c>[batch, output height, output width, channels · multiplier]</c>, channel by channel.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or the input is smaller than the kernel.</exception>
    public Tensor DepthwiseConv2D(
        Tensor kernel, (int Height, int Width)? strides = null, Padding padding = Padding.Valid,
        (int Height, int Width)? dilation = null) =>
        Convolve(new(2, strides ?? (1, 1), dilation ?? (1, 1), padding, Groups: 0), kernel, bias: null, relu: false);

    /// <summary>Transposed 2D convolution of this tensor <c>[batch, height, width, channels]</c>: upsampling with a kernel.</summary>
    /// <param name="kernel">The kernel <c>[kernel height, kernel width, filters, channels]</c>.</param>
    /// <param name="strides">Output rows and columns from one input pixel to the next; (1, 1) by default.</param>
    /// <param name="padding">
    /// <see cref="Padding.Same"/> gives size · stride, <see cref="Padding.Valid"/> size · stride + max(kernel − stride, 0).
    /// </param>
    /// <param name="outputPadding">
    /// Rows and columns added at the end. The size is then (size − 1) · stride + kernel + added, less 2 · ⌊kernel / 2⌋ for same padding.
    /// </param>
    /// <param name="dilation">Rows and columns from one kernel element to the next; (1, 1) by default.</param>
    /// <returns>The output <c>[batch, output height, output width, filters]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Conv2DTranspose(
        Tensor kernel, (int Height, int Width)? strides = null, Padding padding = Padding.Valid,
        (int Height, int Width)? outputPadding = null,
        (int Height, int Width)? dilation = null) =>
        new ConvolutionTransposeOp(new(2, strides ?? (1, 1), dilation ?? (1, 1), padding, Groups: 1), outputPadding).Apply(this, kernel);

    private Tensor Convolve(in ConvolutionOptions options, Tensor kernel, Tensor? bias, bool relu)
    {
        TensorOp operation = relu ? new ConvolutionOp<Relu>(options) : new ConvolutionOp<Identity>(options);
        return bias is null ? operation.Apply(this, kernel) : operation.Apply(this, kernel, bias);
    }
}
