using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>2D convolution (cross-correlation): <c>activation(x ∗ kernel + bias)</c>.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, newHeight, newWidth, filters]</c>.
/// Weights: kernel <c>[kernelHeight, kernelWidth, channels / groups, filters]</c>, bias <c>[filters]</c>.
/// </remarks>
public sealed class Conv2D : ConvolutionLayer
{
    /// <summary>A 2D convolution.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">Rows and columns of the kernel.</param>
    /// <param name="strides">Rows and columns from one output pixel to the next; 1 by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="dilationRate">Rows and columns from one kernel element to the next; 1 by default.</param>
    /// <param name="groups">Into how many independent groups the channels are split.</param>
    /// <param name="activation">The function of the sum; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="kernelInitializer">The first kernel; Glorot uniform by default.</param>
    /// <param name="biasInitializer">The first bias; zeros by default.</param>
    /// <param name="kernelRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="kernelConstraint">A rule that the kernel is brought back to after each update.</param>
    /// <param name="biasConstraint">A rule for the bias.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A number is not positive, or the arguments do not go together.</exception>
    public Conv2D(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        PaddingMode padding = default,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
        int groups = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null)
        : base(
            filters, padding.NotCausal(), dataFormat, groups, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
            activityRegularizer, kernelConstraint, biasConstraint, name)
    {
        KernelSize = kernelSize.AtLeast(1, "kernel_size");
        Strides = (strides ?? Size2D.One).AtLeast(1, "strides");
        DilationRate = (dilationRate ?? Size2D.One).AtLeast(1, "dilation_rate");
        ConvolutionRules.CheckDilation(Strides, DilationRate);
        InputSpec = new() { MinRank = 4 };
    }

    /// <summary>Rows and columns of the kernel.</summary>
    public Size2D KernelSize { get; }

    /// <summary>Rows and columns from one output pixel to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>Rows and columns from one kernel element to the next.</summary>
    public Size2D DilationRate { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        ConvolutionRules.OutputShape(this, input, [KernelSize.Height, KernelSize.Width, input[^1], Filters], Filters, Strides, DilationRate, Padding);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        Shape kernel = [KernelSize.Height, KernelSize.Width, GroupChannels(input), Filters];
        ComputeOutputShape(input);
        AddKernel(kernel);
        AddBias(Filters);
        InputSpec = new() { MinRank = 4, LastSize = input[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) =>
        Activate(inputs.AsFloatingPoint(DType).Conv2D(Kernel, Strides, Padding.Kind, DilationRate, Groups, Bias, FusesRelu));
}
