using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>Transposed 2D convolution, the gradient of a convolution: upsampling with a learned kernel.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, newHeight, newWidth, filters]</c>: size · stride with padding
/// <c>"same"</c>, size · stride + max(kernel − stride, 0) with <c>"valid"</c>, and with <c>outputPadding</c>
/// (size − 1) · stride + kernel + outputPadding, less 2 · ⌊kernel / 2⌋ for <c>"same"</c>.
/// Weights: kernel <c>[kernelHeight, kernelWidth, filters, channels]</c>, bias <c>[filters]</c>.
/// </remarks>
public sealed class Conv2DTranspose : KernelLayer
{
    /// <summary>A transposed 2D convolution.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">Rows and columns of the kernel.</param>
    /// <param name="strides">Output rows and columns from one input pixel to the next; 1 by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="outputPadding">Rows and columns added at the end, less than the strides; by default what the strides imply.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="dilationRate">Rows and columns from one kernel element to the next; 1 by default.</param>
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
    public Conv2DTranspose(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        PaddingMode padding = default,
        Size2D? outputPadding = null,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
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
            activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint,
            biasConstraint, name)
    {
        ConvolutionRules.CheckPositive("filters", filters);
        (Filters, Padding, DataFormat) = (filters, padding.NotCausal(), dataFormat);
        KernelSize = kernelSize.AtLeast(1, "kernel_size");
        Strides = (strides ?? Size2D.One).AtLeast(1, "strides");
        DilationRate = (dilationRate ?? Size2D.One).AtLeast(1, "dilation_rate");
        ConvolutionRules.CheckDilation(Strides, DilationRate);
        OutputPadding = outputPadding?.AtLeast(0, "output_padding");
        if (OutputPadding is { } added && (added.Height >= Strides.Height || added.Width >= Strides.Width))
            throw new ArgumentException(
                "`output_padding` must be strictly less than `strides` for all dimensions. " +
                $"Received: output_padding={added}, strides={Strides}", nameof(outputPadding));
        InputSpec = new() { MinRank = 4 };
    }

    /// <summary>The channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Rows and columns of the kernel.</summary>
    public Size2D KernelSize { get; }

    /// <summary>Output rows and columns from one input pixel to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Rows and columns added at the end, or null.</summary>
    public Size2D? OutputPadding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Rows and columns from one kernel element to the next.</summary>
    public Size2D DilationRate { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        if (input.Rank != 4)
            throw new ShapeException(
                $"layer '{Name}'", "needs images [batch, height, width, channels]", $"input shape {input.ToKerasString()}");
        return [input[0], Enlarged(input[1], vertical: true), Enlarged(input[2], vertical: false), Filters];
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        AddKernel([KernelSize.Height, KernelSize.Width, Filters, this.KnownSize(input, -1)]);
        AddBias(Filters);
        InputSpec = new() { MinRank = 4, LastSize = input[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var sum = inputs.AsFloatingPoint(DType).Conv2DTranspose(Kernel, Strides, Padding.Kind, OutputPadding, DilationRate);
        if (Bias is not null)
            sum += Bias;
        return FusesRelu ? sum.Relu() : Activate(sum);
    }

    private int Enlarged(int size, bool vertical)
    {
        var window = vertical
            ? new SlidingWindow(KernelSize.Height, Strides.Height, DilationRate.Height, Padding.Kind)
            : new SlidingWindow(KernelSize.Width, Strides.Width, DilationRate.Width, Padding.Kind);
        return size == Shape.Unknown ? Shape.Unknown : window.TransposedSize(size, vertical ? OutputPadding?.Height : OutputPadding?.Width);
    }
}
