using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private const string PoolingKeys = "pool_size padding strides data_format";

    private const string GlobalPoolingKeys = "data_format keepdims";

    private static LayerCase[] Pooling =>
    [
        new(static () => new MaxPooling1D(), [[2, 5, 2]], [2, 2, 2]) { ConfigKeys = PoolingKeys, BadInputs = [[[2, 5]], [[2, 1, 2]]] },
        new(
            static () => new AveragePooling1D(3, strides: 1, padding: "same"), [[2, 4, 2]],
            [2, 4, 2]) { ConfigKeys = PoolingKeys, BadInputs = [[[2, 4]]] },
        new(
            static () => new MaxPooling2D((3, 2), strides: (1, 2), padding: "same"), [[2, 3, 4, 2]],
            [2, 3, 2, 2]) { ConfigKeys = PoolingKeys, BadInputs = [[[2, 4]]] },
        new(
            static () => new AveragePooling2D(), [[2, 4, 5, 2]],
            [2, 2, 2, 2]) { ConfigKeys = PoolingKeys, BadInputs = [[[2, 4]], [[2, 1, 5, 2]]] },
        new(static () => new GlobalMaxPooling1D(), [[2, 4, 3]], [2, 3]) { ConfigKeys = GlobalPoolingKeys, BadInputs = [[[2, 3]]] },
        new(
            static () => new GlobalMaxPooling2D(keepDims: true), [[2, 3, 2, 3]],
            [2, 1, 1, 3]) { ConfigKeys = GlobalPoolingKeys, BadInputs = [[[2, 3]]] },
        new(
            static () => new GlobalAveragePooling1D(keepDims: true), [[2, 4, 3]],
            [2, 1, 3]) { ConfigKeys = GlobalPoolingKeys, BadInputs = [[[2, 3]]] },
        new(static () => new GlobalAveragePooling2D(), [[2, 3, 2, 3]], [2, 3]) { ConfigKeys = GlobalPoolingKeys, BadInputs = [[[2, 3]]] },
    ];
}
