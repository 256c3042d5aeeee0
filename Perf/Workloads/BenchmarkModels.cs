using GpuKeras.Layers;
using GpuKeras.Optimizers;

namespace GpuKeras.Perf.Workloads;

/// <summary>The five models that are compared, as torch_peer.py defines them, in Keras' layout.</summary>
internal static class BenchmarkModels
{
    private const double Image = 32 * 32;

    public static IReadOnlyList<BenchmarkModel> All { get; } =
    [
        new("mlp", [128, 784], 2.0 * 128 * (784 * 512 + 512 * 512 + 512 * 10), Mlp, static () => new Adam()),
        new("cnn", [64, 28, 28, 1], 2.0 * 64 * (26 * 26 * 9 * 32 + 24 * 24 * 288 * 64 + 9216 * 128 + 128 * 10), Cnn, static () => new Adam()),
        new("resnet20", [32, 32, 32, 3], 2.0 * 32 * ResNetProducts(), ResNet20, static () => new SGD(0.1, momentum: 0.9)),
        new("lstm", [64, 50, 32], 2.0 * 64 * (50 * (32 + 128) * 512 + 128 * 10), Lstm, static () => new Adam()),
        new("transformer", [32, 64, 128], 2.0 * 32 * (64 * 2 * (4 * 128 * 128 + 2 * 64 * 128 + 2 * 128 * 512) + 128 * 10), Transformer, static () => new Adam()),
    ];

    /// <summary>784-512-512-10 with dropout.</summary>
    private static Model Mlp() => new Sequential(
    [
        new Dense(512, activation: "relu"), new Dropout(0.2),
        new Dense(512, activation: "relu"), new Dropout(0.2),
        new Dense(10),
    ]);

    /// <summary>Two convolutions without padding, 28 → 26 → 24, pooled to 12, and two dense layers.</summary>
    private static Model Cnn() => new Sequential(
    [
        new Conv2D(32, kernelSize: 3), new BatchNormalization(), new ReLU(),
        new Conv2D(64, kernelSize: 3), new BatchNormalization(), new ReLU(),
        new MaxPooling2D(poolSize: 2), new Flatten(),
        new Dense(128, activation: "relu"), new Dropout(0.5),
        new Dense(10),
    ]);

    /// <summary>The 20-layer residual network for 32 × 32 images of He et al., "Deep residual learning", with 1 × 1 shortcuts.</summary>
    private static Model ResNet20()
    {
        var input = Keras.Input([32, 32, 3]);
        var x = new ReLU().Apply(Convolve(input, 16, 1));
        var channels = 16;
        foreach (var (filters, firstStride) in new[] { (16, 1), (32, 2), (64, 2) })
            for (var block = 0; block < 3; block++)
            {
                var strides = block == 0 ? firstStride : 1;
                var y = Convolve(new ReLU().Apply(Convolve(x, filters, strides)), filters, 1);
                var shortcut = channels == filters && strides == 1 ? x : Convolve(x, filters, strides, kernelSize: 1);
                x = new ReLU().Apply(new Add().Apply([y, shortcut]));
                channels = filters;
            }
        return new Model(input, new Dense(10).Apply(new GlobalAveragePooling2D().Apply(x)));
    }

    private static Tensor Convolve(Tensor x, int filters, int strides, int kernelSize = 3) =>
        new BatchNormalization().Apply(new Conv2D(filters, kernelSize, strides: strides, padding: "same", useBias: false).Apply(x));

    private static Model Lstm() => new Sequential([new LSTM(128), new Dense(10)]);

    /// <summary>Two encoder layers of width 128 with 4 heads, normalised after each addition.</summary>
    private static Model Transformer()
    {
        var input = Keras.Input([64, 128]);
        Tensor x = input;
        for (var layer = 0; layer < 2; layer++)
        {
            var attended = new MultiHeadAttention(4, 32, dropout: 0.1).Apply([x, x]);
            x = AddAndNormalize(x, attended);
            var hidden = new Dropout(0.1).Apply(new Dense(512, activation: "gelu").Apply(x));
            x = AddAndNormalize(x, new Dense(128).Apply(hidden));
        }
        return new Model(input, new Dense(10).Apply(new GlobalAveragePooling1D().Apply(x)));
    }

    private static Tensor AddAndNormalize(Tensor x, Tensor change) =>
        new LayerNormalization(epsilon: 1e-5).Apply(new Add().Apply([x, new Dropout(0.1).Apply(change)]));

    /// <summary>The multiplications of one image: three stages of six convolutions at a half of the side and twice the channels.</summary>
    private static double ResNetProducts()
    {
        const double InStage = Image * 16 * 9 * 16;
        const double Narrowing = (Image * 16 * 9 * 32 + Image * 16 * 32) / 4;
        return Image * 27 * 16 + 6 * InStage + 2 * (Narrowing + 5 * InStage) + 64 * 10;
    }
}
