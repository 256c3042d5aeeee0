using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private static LayerCase[] Reshaping =>
    [
        new(static () => new Flatten(), [[2, 3, 4]], [2, 12]) { ConfigKeys = "data_format" },
        new(static () => new Flatten(), [[3]], [3, 1]) { Variant = "of numbers", ConfigKeys = "data_format" },
        new(static () => new Reshape([3, 2, 2]), [[2, 4, 3]], [2, 3, 2, 2]) { ConfigKeys = "target_shape" },
        new(
            static () => new Reshape([-1, 2]), [[2, 4, 3]],
            [2, 6, 2]) { Variant = "open", ConfigKeys = "target_shape", BadInputs = [[[2, 5, 1]]] },
        new(static () => new Permute([2, 3, 1]), [[2, 3, 4, 2]], [2, 4, 2, 3]) { ConfigKeys = "dims", BadInputs = [[[2, 3, 4]]] },
        new(static () => new RepeatVector(3), [[2, 4]], [2, 3, 4]) { ConfigKeys = "n", BadInputs = [[[2, 4, 1]]] },
        new(
            static () => new ZeroPadding2D(), [[2, 3, 2, 1]],
            [2, 5, 4, 1]) { ConfigKeys = "padding data_format", BadInputs = [[[2, 3, 2]]] },
        new(
            static () => new ZeroPadding2D(((1, 0), (2, 3))), [[2, 3, 2, 1]],
            [2, 4, 7, 1]) { Variant = "asymmetric", ConfigKeys = "padding data_format" },
        new(
            static () => new Cropping2D((1, 2)), [[2, 4, 6, 2]],
            [2, 2, 2, 2]) { ConfigKeys = "cropping data_format", BadInputs = [[[2, 2, 6, 2]], [[2, 6]]] },
        new(
            static () => new Cropping2D(((1, 0), (0, 2))), [[2, 3, 4, 1]],
            [2, 2, 2, 1]) { Variant = "asymmetric", ConfigKeys = "cropping data_format" },
        new(
            static () => new UpSampling2D(), [[2, 2, 3, 2]],
            [2, 4, 6, 2]) { ConfigKeys = "size data_format interpolation", BadInputs = [[[2, 3]]] },
        new(static () => new UpSampling2D((3, 2), interpolation: "bilinear"), [[2, 2, 3, 2]], [2, 6, 6, 2])
        {
            Variant = "bilinear",
            ConfigKeys = "size data_format interpolation",
        },
    ];
}
