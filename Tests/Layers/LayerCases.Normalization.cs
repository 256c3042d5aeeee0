using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private const string AffineKeys =
        "axis epsilon center scale beta_initializer gamma_initializer beta_regularizer gamma_regularizer beta_constraint gamma_constraint";

    private const string BatchNormalizationKeys =
        $"{AffineKeys} momentum moving_mean_initializer moving_variance_initializer synchronized renorm renorm_clipping renorm_momentum";

    private static LayerCase[] Normalizations =>
    [
        new(static () => new BatchNormalization(), [[5, 3]], [5, 3])
        {
            ConfigKeys = BatchNormalizationKeys,
            Weights = [Weight("gamma", [3]), Weight("beta", [3]), Fixed("moving_mean", [3]), Fixed("moving_variance", [3])],
            Training = true,
            BadInputs = [[[5, 2]], [[5, 3, 3]]],
        },
        new(static () => new BatchNormalization(axis: 1, momentum: 0.8, epsilon: 1e-5, scale: false), [[3, 2, 4]], [3, 2, 4])
        {
            Variant = "of another axis, without scale",
            ConfigKeys = BatchNormalizationKeys,
            Weights = [Weight("beta", [2]), Fixed("moving_mean", [2]), Fixed("moving_variance", [2])],
            Training = true,
            BadInputs = [[[3, 3, 4]]],
        },
        new(static () => new BatchNormalization(center: false), [[2, 3, 2, 2]], [2, 3, 2, 2])
        {
            Variant = "without center, in inference",
            ConfigKeys = BatchNormalizationKeys,
            Weights = [Weight("gamma", [2]), Fixed("moving_mean", [2]), Fixed("moving_variance", [2])],
        },
        new(static () => new LayerNormalization(), [[3, 4]], [3, 4])
        {
            ConfigKeys = AffineKeys + " rms_scaling",
            Weights = [Weight("gamma", [4]), Weight("beta", [4])],
            BadInputs = [[[3, 5]]],
        },
        new(static () => new LayerNormalization([1, 2], center: false), [[2, 3, 2]], [2, 3, 2])
        {
            Variant = "of two axes, without center",
            ConfigKeys = AffineKeys + " rms_scaling",
            Weights = [Weight("gamma", [3, 2])],
            BadInputs = [[[2, 2, 2]]],
        },
        new(static () => new LayerNormalization(1, scale: false), [[2, 3, 2]], [2, 3, 2])
        {
            Variant = "of a middle axis, without scale",
            ConfigKeys = AffineKeys + " rms_scaling",
            Weights = [Weight("beta", [3])],
            BadInputs = [[[2, 2, 2]]],
        },
    ];
}
