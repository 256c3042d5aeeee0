using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private const string CommonConvolutionKeys =
        "kernel_size strides padding data_format dilation_rate activation use_bias bias_initializer bias_regularizer " +
        "activity_regularizer bias_constraint";

    private const string KernelKeys = "kernel_initializer kernel_regularizer kernel_constraint";

    private const string ConvolutionKeys = $"filters groups {CommonConvolutionKeys} {KernelKeys}";

    private const string DepthwiseKeys =
        $"depth_multiplier {CommonConvolutionKeys} depthwise_initializer depthwise_regularizer depthwise_constraint";

    private static LayerCase[] Convolution =>
    [
        new(static () => new Conv1D(2, 3), [[2, 6, 3]], [2, 4, 2])
        {
            ConfigKeys = ConvolutionKeys,
            Weights = [Weight("kernel", [3, 3, 2]), Weight("bias", [2])],
            BadInputs = [[[2, 6, 2]], [[2, 2, 3]], [[6, 3]]],
        },
        new(
            static () => new Conv1D(4, 2, strides: 1, padding: "causal", dilationRate: 2, groups: 2, activation: "elu"), [[2, 5, 2]],
            [2, 5, 4])
        {
            Variant = "causal, dilated, grouped",
            ConfigKeys = ConvolutionKeys,
            Weights = [Weight("kernel", [2, 1, 4]), Weight("bias", [4])],
        },
        new(static () => new Conv2D(3, kernelSize: 3), [[2, 5, 4, 2]], [2, 3, 2, 3])
        {
            ConfigKeys = ConvolutionKeys,
            Weights = [Weight("kernel", [3, 3, 2, 3]), Weight("bias", [3])],
            BadInputs = [[[2, 5, 4, 3]], [[2, 2, 4, 2]], [[2, 4, 2]]],
        },
        new(static () => new Conv2D(2, (2, 3), strides: (2, 1), padding: "same", activation: "relu"), [[2, 5, 4, 2]], [2, 3, 4, 2])
        {
            Variant = "same, strided, relu",
            ConfigKeys = ConvolutionKeys,
            Weights = [Weight("kernel", [2, 3, 2, 2]), Weight("bias", [2])],
        },
        new(
            static () => new Conv2D(4, 2, dilationRate: 2, groups: 2, useBias: false, activation: "tanh", kernelRegularizer: "l1"),
            [[2, 4, 5, 4]], [2, 2, 3, 4])
        {
            Variant = "dilated, grouped, without bias",
            ConfigKeys = ConvolutionKeys,
            Weights = [Weight("kernel", [2, 2, 2, 4])],
        },
        new(static () => new DepthwiseConv2D(2, depthMultiplier: 2, activation: "relu"), [[2, 4, 4, 2]], [2, 3, 3, 4])
        {
            ConfigKeys = DepthwiseKeys,
            Weights = [Weight("kernel", [2, 2, 2, 2]), Weight("bias", [4])],
            BadInputs = [[[2, 4, 4, 3]], [[4, 4, 2]]],
        },
        new(static () => new SeparableConv2D(3, 2, padding: "same", depthMultiplier: 2), [[2, 3, 4, 2]], [2, 3, 4, 3])
        {
            ConfigKeys = $"filters {DepthwiseKeys} pointwise_initializer pointwise_regularizer pointwise_constraint",
            Weights = [Weight("depthwise_kernel", [2, 2, 2, 2]), Weight("pointwise_kernel", [1, 1, 4, 3]), Weight("bias", [3])],
            BadInputs = [[[2, 3, 4, 3]]],
        },
        new(static () => new Conv2DTranspose(3, 3, strides: 2, activation: "relu"), [[2, 3, 2, 2]], [2, 7, 5, 3])
        {
            ConfigKeys = $"filters output_padding {CommonConvolutionKeys} {KernelKeys}",
            Weights = [Weight("kernel", [3, 3, 3, 2]), Weight("bias", [3])],
            BadInputs = [[[2, 3, 2, 3]]],
        },
        new(
            static () => new Conv2DTranspose(2, (3, 2), strides: (3, 2), padding: "same", outputPadding: (2, 1)), [[2, 2, 3, 2]],
            [2, 6, 5, 2])
        {
            Variant = "same, output padding",
            ConfigKeys = $"filters output_padding {CommonConvolutionKeys} {KernelKeys}",
            Weights = [Weight("kernel", [3, 2, 2, 2]), Weight("bias", [2])],
        },
    ];
}
