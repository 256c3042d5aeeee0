#:project ../../Api/GpuKeras.csproj
// Fit with an overridden training step (here: a model that mixes pairs of samples).
using GpuKeras;
using GpuKeras.Datasets;
using GpuKeras.Layers;

var (train, test) = Mnist.Load();
var model = new MixupModel();
model.Compile(optimizer: "adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);
using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(10));
model.Fit(train.Images, train.Labels.OneHot(10), batchSize: 256, epochs: 1, cancellationToken: cancellation.Token);
Console.WriteLine(model.Evaluate(test.Images, test.Labels.OneHot(10))["accuracy"]);

sealed class MixupModel : Model
{
    private readonly Sequential body = new([new Rescaling(1.0 / 255), new Flatten(), new Dense(256, activation: "gelu"), new Dense(10, activation: "softmax")]);
    private readonly RandomGenerator random = new(seed: 7);

    protected override Tensor Call(Tensor inputs, bool training) => body.Apply(inputs, training);

    protected override Logs TrainStep(Batch batch)
    {
        var (x, y) = (batch.X.Cast(DType.Float32), batch.Y);
        var order = random.Permutation(x.Shape[0]);
        double weight = 0.8;
        x = x * weight + x.Gather(order) * (1 - weight);
        y = y * weight + y.Gather(order) * (1 - weight);

        using var tape = new GradientTape();
        Tensor predictions = Apply(x, training: true);
        Tensor loss = ComputeLoss(x, y, predictions, batch.SampleWeight);
        Optimizer.ApplyGradients(tape.Gradient(loss, TrainableVariables), TrainableVariables);
        return ComputeMetrics(x, y, predictions, batch.SampleWeight);
    }
}
