using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;
using GpuKeras.Saving;

namespace GpuKeras.Layers;

/// <summary>2D convolution of every channel with filters of its own.</summary>
/// <remarks>
/// Input <c>[batch, height, width, channels]</c>; output <c>[batch, newHeight, newWidth, channels · depthMultiplier]</c>, channel by
/// channel. Weights: kernel <c>[kernelHeight, kernelWidth, channels, depthMultiplier]</c>, bias <c>[channels · depthMultiplier]</c>.
/// </remarks>
[KerasKeys("depth_multiplier")]
public sealed class DepthwiseConv2D : BiasedLayer
{
    /// <summary>A depthwise 2D convolution.</summary>
    /// <param name="kernelSize">Rows and columns of the kernel.</param>
    /// <param name="strides">Rows and columns from one output pixel to the next; 1 by default.</param>
    /// <param name="padding">What happens at the edges: <c>"valid"</c> or <c>"same"</c>.</param>
    /// <param name="depthMultiplier">The filters of each channel.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="dilationRate">Rows and columns from one kernel element to the next; 1 by default.</param>
    /// <param name="activation">The function of the sum; none by default.</param>
    /// <param name="useBias">Whether a bias is added.</param>
    /// <param name="depthwiseInitializer">The first kernel; Glorot uniform by default.</param>
    /// <param name="biasInitializer">The first bias; zeros by default.</param>
    /// <param name="depthwiseRegularizer">A penalty on the kernel.</param>
    /// <param name="biasRegularizer">A penalty on the bias.</param>
    /// <param name="activityRegularizer">A penalty on the output.</param>
    /// <param name="depthwiseConstraint">A rule that the kernel is brought back to after each update.</param>
    /// <param name="biasConstraint">A rule for the bias.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ArgumentException">A number is not positive, or the arguments do not go together.</exception>
    public DepthwiseConv2D(
        Size2D kernelSize,
        Size2D? strides = null,
        PaddingMode padding = default,
        int depthMultiplier = 1,
        DataFormat dataFormat = default,
        Size2D? dilationRate = null,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        string? name = null)
        : base(activation, useBias, biasInitializer, biasRegularizer, activityRegularizer, biasConstraint, name)
    {
        ConvolutionRules.CheckPositive("depth_multiplier", depthMultiplier);
        (Padding, DepthMultiplier, DataFormat) = (padding.NotCausal(), depthMultiplier, dataFormat);
        KernelSize = kernelSize.AtLeast(1, "kernel_size");
        Strides = (strides ?? Size2D.One).AtLeast(1, "strides");
        DilationRate = (dilationRate ?? Size2D.One).AtLeast(1, "dilation_rate");
        ConvolutionRules.CheckDilation(Strides, DilationRate);
        DepthwiseInitializer = depthwiseInitializer ?? new GlorotUniform();
        (DepthwiseRegularizer, DepthwiseConstraint) = (depthwiseRegularizer, depthwiseConstraint);
        InputSpec = new() { MinRank = 4 };
    }

    /// <summary>Rows and columns of the kernel.</summary>
    public Size2D KernelSize { get; }

    /// <summary>Rows and columns from one output pixel to the next.</summary>
    public Size2D Strides { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>The filters of each channel.</summary>
    public int DepthMultiplier { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Rows and columns from one kernel element to the next.</summary>
    public Size2D DilationRate { get; }

    /// <summary>The first values of the kernel.</summary>
    public Initializer DepthwiseInitializer { get; }

    /// <summary>A penalty on the kernel, or null.</summary>
    public Regularizer? DepthwiseRegularizer { get; }

    /// <summary>A rule for the kernel, or null.</summary>
    public Constraint? DepthwiseConstraint { get; }

    /// <summary>The kernel; made by the first call.</summary>
    public Variable Kernel { get; private set; } = null!;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input)
    {
        var filters = input[^1] == Shape.Unknown ? Shape.Unknown : input[^1] * DepthMultiplier;
        return ConvolutionRules.OutputShape(
            this, input, [KernelSize.Height, KernelSize.Width, input[^1], DepthMultiplier], filters, Strides, DilationRate, Padding);
    }

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        Shape kernel = [KernelSize.Height, KernelSize.Width, this.KnownSize(input, -1), DepthMultiplier];
        ComputeOutputShape(input);
        Kernel = AddWeight("kernel", kernel, DepthwiseInitializer, regularizer: DepthwiseRegularizer, constraint: DepthwiseConstraint);
        AddBias(input[^1] * DepthMultiplier);
        InputSpec = new() { MinRank = 4, LastSize = input[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training)
    {
        var sum = inputs.AsFloatingPoint(DType).DepthwiseConv2D(Kernel, Strides, Padding.Kind, DilationRate);
        if (Bias is not null)
            sum += Bias;
        return FusesRelu ? sum.Relu() : Activate(sum);
    }
}
