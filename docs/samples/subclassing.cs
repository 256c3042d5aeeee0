#:project ../../Api/GpuKeras.csproj
// Model subclassing: layers in the constructor, the forward pass in Call.
using GpuKeras;
using GpuKeras.Datasets;
using GpuKeras.Layers;

var (train, test) = Mnist.Load();                       // images [n, 28, 28] uint8, labels [n] uint8

var model = new MyModel(numClasses: 10);
model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.Fit(train.Images, train.Labels, batchSize: 128, epochs: 2, validationSplit: 0.1);

var result = model.Evaluate(test.Images, test.Labels, verbose: 0);
Console.WriteLine($"test accuracy: {result["accuracy"]:F4}");

sealed class MyModel : Model
{
    private readonly Rescaling rescale = new(1.0 / 255);
    private readonly Flatten flatten = new();
    private readonly Dense dense1 = new(64, activation: "relu");
    private readonly BatchNormalization batchNorm = new();
    private readonly Dropout dropout = new(0.2);
    private readonly Dense dense2;

    public MyModel(int numClasses) => dense2 = new Dense(numClasses, activation: "softmax");

    protected override Tensor Call(Tensor inputs, bool training)
    {
        var x = dense1.Apply(flatten.Apply(rescale.Apply(inputs)));
        x = batchNorm.Apply(x, training);               // explicit, or left out: the enclosing call's value is used
        x = dropout.Apply(x, training);
        return dense2.Apply(x);
    }
}
