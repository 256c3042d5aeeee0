using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private static LayerCase[] Merging =>
    [
        new(static () => new Add(), [[2, 3], [2, 3], [2, 3]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Add(), [[2, 1, 3], [2, 3]], [2, 1, 3]) { Variant = "of different ranks" },
        new(static () => new Subtract(), [[2, 3], [2, 1]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Multiply(), [[2, 3], [2, 3]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Average(), [[2, 3], [2, 3], [2, 3]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Maximum(), [[2, 3], [2, 3]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Minimum(), [[2, 3], [2, 3]], [2, 3]) { BadInputs = [[[2, 3], [2, 4]]] },
        new(static () => new Concatenate(), [[2, 3], [2, 1], [2, 2]], [2, 6]) { ConfigKeys = "axis", BadInputs = [[[2, 3], [3, 3]]] },
        new(
            static () => new Concatenate(axis: 1), [[2, 3, 2], [2, 1, 2]],
            [2, 4, 2]) { Variant = "of steps", ConfigKeys = "axis", BadInputs = [[[2, 3, 2], [2, 3, 3]]] },
        new(static () => new Dot(1), [[3, 4], [3, 4]], [3, 1]) { ConfigKeys = "axes normalize", BadInputs = [[[3, 4], [3, 5]]] },
        new(
            static () => new Dot((2, 1), normalize: true), [[2, 3, 4], [2, 4, 2]],
            [2, 3, 2]) { Variant = "of matrices, normalised", ConfigKeys = "axes normalize" },
        new(
            static () => new Dot((1, 2)), [[2, 3, 2, 2], [2, 4, 3]],
            [2, 2, 2, 4]) { Variant = "of higher rank", ConfigKeys = "axes normalize" },
    ];
}
