#:project ../../Api/GpuKeras.csproj
// A custom training loop with GradientTape, and a custom layer.
using GpuKeras;
using GpuKeras.Datasets;
using GpuKeras.Layers;
using GpuKeras.Losses;
using GpuKeras.Metrics;
using GpuKeras.Optimizers;
using GpuKeras.Regularizers;

var (train, _) = Mnist.Load();
var model = new Sequential([new Rescaling(1.0 / 255), new Flatten(), new Linear(128), new ReLU(), new Dropout(0.2), new Dense(10)]);
var optimizer = new SGD(learningRate: 0.1, momentum: 0.9);
var lossFunction = new SparseCategoricalCrossentropy(fromLogits: true);
var accuracy = new SparseCategoricalAccuracy();

var batches = Dataset.FromArrays(train.Images, train.Labels).Shuffle(60_000, seed: 1).Batch(128).Prefetch(2);
foreach (var (x, y) in batches)
{
    using var step = new TensorScope();                  // optional: gives the step's memory back at once instead of at the next collection
    using var tape = new GradientTape();
    Tensor logits = model.Apply(x, training: true);
    Tensor loss = lossFunction.Apply(y, logits) + model.Losses.Sum();
    var gradients = tape.Gradient(loss, model.TrainableVariables);
    optimizer.ApplyGradients(gradients, model.TrainableVariables);
    accuracy.UpdateState(y, logits);
}
Console.WriteLine($"training accuracy: {accuracy.Result():F4}");

// Second derivative: d²(x³)/dx² = 6x
var v = new Variable(Tensor.From([1f, 2f, 3f]));
using var outer = new GradientTape();
using var inner = new GradientTape();
Tensor cube = v * v * v;
Tensor first = inner.Gradient(cube, v)!;
Console.WriteLine(outer.Gradient(first, v));             // [6, 12, 18]

sealed class Linear(int units) : Layer
{
    private Variable kernel = null!, bias = null!;

    protected override void Build(Shape input)
    {
        kernel = AddWeight("kernel", [input[^1], units], initializer: "he_normal", regularizer: new L2(1e-4));
        bias = AddWeight("bias", [units], initializer: "zeros");
    }

    protected override Tensor Call(Tensor inputs, bool training) => inputs.MatMul(kernel) + bias;

    public override Shape ComputeOutputShape(Shape input) => input.WithLast(units);
}
