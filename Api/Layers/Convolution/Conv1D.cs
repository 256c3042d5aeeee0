using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>1D convolution (cross-correlation) over the steps of a sequence: <c>activation(x ∗ kernel + bias)</c>.</summary>
/// <remarks>
/// Input <c>[batch, steps, channels]</c>; output <c>[batch, newSteps, filters]</c>.
/// Weights: kernel <c>[kernelSize, channels / groups, filters]</c>, bias <c>[filters]</c>.
/// </remarks>
public sealed class Conv1D : ConvolutionLayer
{
    /// <summary>A 1D convolution.</summary>
    /// <param name="filters">The channels of the output.</param>
    /// <param name="kernelSize">Steps of the kernel.</param>
    /// <param name="strides">Steps from one output to the next; 1 by default.</param>
    /// <param name="padding">What happens at the ends: <c>"valid"</c>, <c>"same"</c> or <c>"causal"</c>.</param>
    /// <param name="dataFormat">Where the channels are: last.</param>
    /// <param name="dilationRate">Steps from one kernel element to the next; 1 by default.</param>
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
    public Conv1D(
        int filters,
        Size1D kernelSize,
        Size1D? strides = null,
        PaddingMode padding = default,
        DataFormat dataFormat = default,
        Size1D? dilationRate = null,
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
            filters, padding, dataFormat, groups, activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer,
            activityRegularizer, kernelConstraint, biasConstraint, name)
    {
        KernelSize = kernelSize.AtLeast(1, "kernel_size");
        Strides = (strides ?? 1).AtLeast(1, "strides");
        DilationRate = (dilationRate ?? 1).AtLeast(1, "dilation_rate");
        ConvolutionRules.CheckDilation(Strides.Length, DilationRate.Length);
        InputSpec = new() { MinRank = 3 };
    }

    /// <summary>Steps of the kernel.</summary>
    public Size1D KernelSize { get; }

    /// <summary>Steps from one output to the next.</summary>
    public Size1D Strides { get; }

    /// <summary>Steps from one kernel element to the next.</summary>
    public Size1D DilationRate { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape input) =>
        ConvolutionRules.OutputShape(this, input, [KernelSize.Length, input[^1], Filters], Filters, Strides.Length, DilationRate.Length, Padding);

    /// <inheritdoc/>
    protected override void Build(Shape input)
    {
        Shape kernel = [KernelSize.Length, GroupChannels(input), Filters];
        ComputeOutputShape(input);
        AddKernel(kernel);
        AddBias(Filters);
        InputSpec = new() { MinRank = 3, LastSize = input[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor inputs, bool training) => Activate(
        inputs.AsFloatingPoint(DType).Conv1D(Kernel, Strides.Length, Padding.Kind, DilationRate.Length, Groups, Bias, FusesRelu));
}
