using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>Depthwise separable 2D convolution: a depthwise one, then a mixing of the channels at each pixel.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, newHeight, newWidth, filters]</c>. Weights: depthwise kernel
/// <c>[kernelHeight, kernelWidth, channels, depthMultiplier]</c>, pointwise kernel <c>[1, 1, channels · depthMultiplier, filters]</c>,
/// bias <c>[filters]</c>. Chollet 2017, <c>arxiv.org/abs/1610.02357</c>.
/// </remarks>
[KerasKeys("depth_multiplier")]
public sealed class SeparableConv2D : BiasedLayer
{
    /// <summary>A separable 2D convolution.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">Rows and columns of the depthwise kernel.</param>
    /// <param name="strides">Rows and columns from one output pixel to the next; 1 by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="dilationRate">Rows and columns from one kernel element to the next; 1 by default.</param>
    /// <param name="depthMultiplier">The depthwise filters of each channel.</param>
    /// <param name="activation">The function of the sum; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">The first depthwise kernel; Glorot uniform by default.</param>
    /// <param name="pointwiseInitializer">The first pointwise kernel; Glorot uniform by default.</param>
    /// <param name="biasInitializer">The first bias; zeros by default.</param>
    /// <param name="depthwiseRegularizer">A penalty on the depthwise kernel.</param>
    /// <param name="pointwiseRegularizer">A penalty on the pointwise kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="depthwiseConstraint">A rule for the depthwise kernel.</param>
    /// <param name="pointwiseConstraint">A rule for the pointwise kernel.</param>
    /// <param name="biasConstraint">A rule for the bias.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A number is not positive, or the arguments do not go together.</exception>
    public SeparableConv2D(
        int filters,
        Size2D kernelSize,
        Size2D? strides = null,
        PaddingMode padding = default,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
        int depthMultiplier = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null)
        : base(activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, name)
    {
        ConvolutionRules.CheckPositive("filters", filters);
        ConvolutionRules.CheckPositive("depth_multiplier", depthMultiplier);
        (Filters, Padding, DepthMultiplier, DataFormat) = (filters, padding.NotCausal(), depthMultiplier, dataFormat);
        KernelSize = kernelSize.AtLeast(1, "kernel_size");
        Strides = (strides ?? Size2D.One).AtLeast(1, "strides");
        DilationRate = (dilationRate ?? Size2D.One).AtLeast(1, "dilation_rate");
        ConvolutionRules.CheckDilation(Strides, DilationRate);
        DepthwiseInitializer = depthwiseInitializer ?? new GlorotUniform();
        PointwiseInitializer = pointwiseInitializer ?? new GlorotUniform();
        (DepthwiseRegularizer, PointwiseRegularizer) = (depthwiseRegularizer, pointwiseRegularizer);
        (DepthwiseConstraint, PointwiseConstraint) = (depthwiseConstraint, pointwiseConstraint);
        InputSpec = new() { MinRank = 4 };
    }

    /// <summary>The channels of the output.</summary>
    public int Filters { get; }

    /// <summary>Rows and columns of the depthwise kernel.</summary>
    public Size2D KernelSize { get; }

    /// <summary>Rows and columns from one output pixel to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Rows and columns from one kernel element to the next.</summary>
    public Size2D DilationRate { get; }

    /// <summary>The depthwise filters of each channel.</summary>
    public int DepthMultiplier { get; }

    /// <summary>The first values of the depthwise kernel.</summary>
    public Initializer DepthwiseInitializer { get; }

    /// <summary>The first values of the pointwise kernel.</summary>
    public Initializer PointwiseInitializer { get; }

    /// <summary>A penalty on the depthwise kernel, or null.</summary>
    public Regularizer? DepthwiseRegularizer { get; }

    /// <summary>A penalty on the pointwise kernel, or null.</summary>
    public Regularizer? PointwiseRegularizer { get; }

    /// <summary>A rule for the depthwise kernel, or null.</summary>
    public Constraint? DepthwiseConstraint { get; }

    /// <summary>A rule for the pointwise kernel, or null.</summary>
    public Constraint? PointwiseConstraint { get; }

    /// <summary>The depthwise kernel; made by the first call.</summary>
    public Variable DepthwiseKernel { get; private set; } = null!;

    /// <summary>The pointwise kernel; made by the first call.</summary>
    public Variable PointwiseKernel { get; private set; } = null!;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        ConvolutionRules.OutputShape(this, input, [KernelSize.Height, KernelSize.Width, input[^1], Filters], Filters, Strides, DilationRate, Padding);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        Shape depthwise = [KernelSize.Height, KernelSize.Width, this.KnownSize(input, -1), DepthMultiplier];
        ComputeOutputShape(input);
        DepthwiseKernel = AddWeight(
            "depthwise_kernel", depthwise, DepthwiseInitializer, regularizer: DepthwiseRegularizer, constraint: DepthwiseConstraint);
        PointwiseKernel = AddWeight(
            "pointwise_kernel", [1, 1, input[^1] * DepthMultiplier, Filters], PointwiseInitializer, regularizer: PointwiseRegularizer,
            constraint: PointwiseConstraint);
        AddBias(Filters);
        InputSpec = new() { MinRank = 4, LastSize = input[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var filtered = inputs.AsFloatingPoint(DType).DepthwiseConv2D(DepthwiseKernel, Strides, Padding.Kind, DilationRate);
        return Activate(filtered.Conv2D(PointwiseKernel, bias: Bias, relu: FusesRelu));
    }
}
