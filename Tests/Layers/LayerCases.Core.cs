using GpuKeras.Initializers;
using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private const string DenseKeys =
        "units activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer kernel_constraint " +
        "bias_constraint " +
        "quantization_config";

    private static LayerCase[] Core =>
    [
        new(static () => new Dense(4), [[5, 3]], [5, 4])
        {
            ConfigKeys = DenseKeys,
            Weights = [Weight("kernel", [3, 4]), Weight("bias", [4])],
            BadInputs = [[[5, 2]], [[5]]],
        },
        new(static () => new Dense(3, activation: "relu", kernelInitializer: "he_normal"), [[4, 6]], [4, 3])
        {
            Variant = "relu",
            ConfigKeys = DenseKeys,
            Weights = [Weight("kernel", [6, 3]), Weight("bias", [3])],
        },
        new(
            static () => new Dense(
                3, activation: "tanh", useBias: false, kernelRegularizer: "l2", activityRegularizer: "l1", kernelConstraint: "max_norm"),
            [[2, 4, 3]], [2, 4, 3])
        {
            Variant = "of steps, regularized",
            ConfigKeys = DenseKeys + " activity_regularizer",
            Weights = [Weight("kernel", [3, 3])],
            BadInputs = [[[2, 4, 5]]],
        },
        new(static () => new Activation("softplus"), [[3, 4]], [3, 4]) { ConfigKeys = "activation" },
        new(static () => new GpuKeras.Layers.Identity(), [[3, 4]], [3, 4]),
        new(static () => new Lambda(static x => x.Tanh() * 2), [[3, 4]], [3, 4]) { ConfigKeys = null },
        new(static () => new ReLU(), [[3, 4]], [3, 4]) { ConfigKeys = "max_value negative_slope threshold" },
        new(static () => new ReLU(maxValue: 1.5, negativeSlope: 0.1, threshold: 0.5), [[3, 4]], [3, 4])
        {
            Variant = "with limits",
            ConfigKeys = "max_value negative_slope threshold",
        },
        new(static () => new LeakyReLU(), [[3, 4]], [3, 4]) { ConfigKeys = "negative_slope" },
        new(static () => new ELU(alpha: 0.7), [[3, 4]], [3, 4]) { ConfigKeys = "alpha" },
        new(static () => new PReLU(new Constant(0.2)), [[4, 2, 3]], [4, 2, 3])
        {
            ConfigKeys = "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
            Weights = [Weight("alpha", [2, 3])],
            BadInputs = [[[4, 3, 3]], [[4, 3]]],
        },
        new(static () => new PReLU(sharedAxes: [1, 2]), [[2, 3, 2, 3]], [2, 3, 2, 3])
        {
            Variant = "shared",
            ConfigKeys = "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
            Weights = [Weight("alpha", [1, 1, 3])],
            BadInputs = [[[2, 3, 2, 4]]],
        },
        new(static () => new Softmax(), [[3, 4]], [3, 4]) { ConfigKeys = "axis" },
        new(static () => new Softmax([1, 2]), [[2, 3, 2]], [2, 3, 2]) { Variant = "over two axes", ConfigKeys = "axis" },
        new(
            static () => new Dropout(0.5, noiseShape: [Shape.Unknown, 1], seed: 3), [[3, 4]],
            [3, 4]) { ConfigKeys = "rate seed noise_shape" },
        new(static () => new SpatialDropout2D(0.25), [[2, 3, 3, 2]], [2, 3, 3, 2])
        {
            ConfigKeys = "rate seed data_format",
            BadInputs = [[[2, 3, 3]]],
        },
        new(static () => new GaussianNoise(0.3, seed: 4), [[3, 4]], [3, 4]) { ConfigKeys = "stddev seed" },
        new(static () => new Rescaling(1.0 / 255, offset: -0.5), [[2, 3, 2]], [2, 3, 2]) { ConfigKeys = "scale offset" },
        new(static () => new Rescaling(new[] { 0.5, 0.25 }, offset: new[] { 1.0, 2.0 }), [[2, 3, 2]], [2, 3, 2])
        {
            Variant = "per channel, of bytes",
            ConfigKeys = "scale offset",
            Input = static (_, shape) => Tensor.Range(0, shape.Size).Reshape(shape).Cast(DType.UInt8),
            IsDifferentiable = false,
        },
        new(static () => new Normalization(), [[4, 3]], [4, 3])
        {
            ConfigKeys = "axis invert mean variance",
            Weights = [Fixed("mean", [3]), Fixed("variance", [3]), Fixed("count", [])],
            BadInputs = [[[4, 2]]],
        },
        new(static () => new Normalization(Axes.None, mean: Tensor.Scalar(2), variance: Tensor.Scalar(4), invert: true), [[4, 3]], [4, 3])
        {
            Variant = "given, inverted",
            ConfigKeys = "axis invert mean variance",
        },
    ];
}
