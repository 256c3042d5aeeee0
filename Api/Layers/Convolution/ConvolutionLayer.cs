using GpuKeras.Activations;
using GpuKeras.Constraints;
using GpuKeras.Initializers;
using GpuKeras.Regularizers;

namespace GpuKeras.Layers;

/// <summary>What convolutions over one and two spatial axes share.</summary>
public abstract class ConvolutionLayer : KernelLayer
{
    private protected ConvolutionLayer(
        int filters,
        PaddingMode padding,
        DataFormat dataFormat,
        int groups,
        ActivationFunction? activation,
        bool useBias,
        Initializer? kernelInitializer,
        Initializer? biasInitializer,
        Regularizer? kernelRegularizer,
        Regularizer? biasRegularizer,
        Regularizer? activityRegularizer,
        Constraint? kernelConstraint,
        Constraint? biasConstraint,
        string? name)
        : base(
            activation, useBias, kernelInitializer, biasInitializer, kernelRegularizer, biasRegularizer, activityRegularizer, kernelConstraint,
            biasConstraint, name)
    {
        ConvolutionRules.CheckPositive("filters", filters);
        if (groups <= 0)
            throw new ArgumentException($"The number of groups must be a positive integer. Received: groups={groups}.", nameof(groups));
        if (filters % groups != 0)
            throw new ArgumentException(
                $"The number of filters must be evenly divisible by the number of groups. " +
                $"Received: groups={groups}, filters={filters}.", nameof(filters));
        (Filters, Padding, DataFormat, Groups) = (filters, padding, dataFormat, groups);
    }

    /// <summary>The channels of the output.</summary>
    public int Filters { get; }

    /// <summary>What happens at the edges.</summary>
    public PaddingMode Padding { get; }

    /// <summary>Where the channels are.</summary>
    public DataFormat DataFormat { get; }

    /// <summary>Into how many independent groups the channels are split.</summary>
    public int Groups { get; }

    /// <summary>The input channels that one filter sees.</summary>
    /// <exception cref="ShapeException">They are unknown, or no multiple of the groups.</exception>
    private protected int GroupChannels(in Shape input)
    {
        var channels = this.KnownSize(input, -1);
        return channels % Groups == 0
            ? channels / Groups
            : throw new ShapeException(
                $"layer '{Name}': The number of input channels must be evenly divisible by the number of groups. Received groups={Groups}, " +
                $"but the input has {channels} channels (full input shape is {input.ToKerasString()}).");
    }
}
