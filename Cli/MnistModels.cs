using GpuKeras.Layers;

namespace GpuKeras.Cli;

/// <summary>The models that <c>train mnist</c> offers. All take uint8 images <c>[batch, 28, 28]</c> and return class probabilities <c>[batch, 10]</c>.</summary>
internal static class MnistModels
{
    public static readonly string[] Names = ["mlp", "cnn", "functional", "subclass"];

    /// <summary>The epochs after which a model has learned what it can.</summary>
    public static int DefaultEpochs(string name) => name == "mlp" ? 5 : 3;

    public static Model Create(string name) => name switch
    {
        "mlp" => Mlp(),
        "cnn" => Cnn(),
        "functional" => Functional(),
        "subclass" => new ConvolutionalNetwork(numClasses: 10),
        _ => throw Utilities.Identifiers.Unknown("model", name, Names),
    };

    private static Sequential Mlp() => new(
        [
            new InputLayer([28, 28]),
            new Rescaling(1.0 / 255),
            new Flatten(),
            new Dense(512, activation: "relu"),
            new Dropout(0.2),
            new Dense(512, activation: "relu"),
            new Dropout(0.2),
            new Dense(10, activation: "softmax"),
        ],
        name: "mlp");

    private static Sequential Cnn() => new(
        [
            new InputLayer([28, 28]),
            new Rescaling(1.0 / 255),
            new Reshape([28, 28, 1]),
            new Conv2D(32, kernelSize: 3, activation: "relu"),
            new MaxPooling2D(poolSize: 2),
            new Conv2D(64, kernelSize: 3, activation: "relu"),
            new MaxPooling2D(poolSize: 2),
            new Flatten(),
            new Dense(128, activation: "relu"),
            new Dropout(0.5),
            new Dense(10, activation: "softmax"),
        ],
        name: "cnn");

    private static Model Functional()
    {
        var images = Keras.Input([28, 28], name: "images");
        var x = new Reshape([28, 28, 1]).Apply(new Rescaling(1.0 / 255).Apply(images));
        x = new MaxPooling2D(poolSize: 2).Apply(new Conv2D(32, kernelSize: 3, activation: "relu").Apply(x));
        x = new MaxPooling2D(poolSize: 2).Apply(new Conv2D(64, kernelSize: 3, activation: "relu").Apply(x));
        x = new Dense(128, activation: "relu").Apply(new Flatten().Apply(x));
        x = new Dropout(0.5).Apply(x);
        var probabilities = new Dense(10, activation: "softmax", name: "probabilities").Apply(x);
        return new Model(images, probabilities, name: "functional");
    }

    /// <summary>The same network as a subclass of <see cref="Model"/>.</summary>
    private sealed class ConvolutionalNetwork : Model
    {
        private readonly Rescaling rescale = new(1.0 / 255);
        private readonly Reshape addChannel = new([28, 28, 1]);
        private readonly Conv2D conv1 = new(32, kernelSize: 3, activation: "relu");
        private readonly MaxPooling2D pool1 = new(poolSize: 2);
        private readonly Conv2D conv2 = new(64, kernelSize: 3, activation: "relu");
        private readonly MaxPooling2D pool2 = new(poolSize: 2);
        private readonly Flatten flatten = new();
        private readonly Dense hidden = new(128, activation: "relu");
        private readonly Dropout dropout = new(0.5);
        private readonly Dense classify;

        public ConvolutionalNetwork(int numClasses)
            : base("subclass")
        {
            classify = new Dense(numClasses, activation: "softmax");
            EnsureBuilt([Shape.Unknown, 28, 28]);
        }

        protected override Tensor Call(Tensor inputs, bool training)
        {
            var x = addChannel.Apply(rescale.Apply(inputs));
            x = pool1.Apply(conv1.Apply(x));
            x = pool2.Apply(conv2.Apply(x));
            x = dropout.Apply(hidden.Apply(flatten.Apply(x)), training);
            return classify.Apply(x);
        }
    }
}
