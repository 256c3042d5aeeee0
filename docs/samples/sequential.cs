#:project ../../Api/GpuKeras.csproj
// The Sequential API: a stack of layers.
using GpuKeras;
using GpuKeras.Callbacks;
using GpuKeras.Datasets;
using GpuKeras.Layers;
using GpuKeras.Losses;
using GpuKeras.Optimizers;

Keras.SetRandomSeed(42);
var (train, test) = Mnist.Load();

var model = new Sequential(
[
    new InputLayer([28, 28]),
    new Rescaling(1.0 / 255),
    new Reshape([28, 28, 1]),
    new Conv2D(32, kernelSize: 3, activation: "relu"),
    new MaxPooling2D(poolSize: 2),
    new Conv2D(64, kernelSize: 3, padding: "same", useBias: false),
    new BatchNormalization(),
    new ReLU(),
    new GlobalAveragePooling2D(),
    new Dropout(0.5),
    new Dense(10),
]);
model.Summary();

model.Compile(
    optimizer: new Adam(learningRate: new CosineDecay(initialLearningRate: 1e-3, decaySteps: 4000)),
    loss: new SparseCategoricalCrossentropy(fromLogits: true),
    metrics: ["accuracy"]);

History history = model.Fit(train.Images, train.Labels,
    batchSize: 64, epochs: 3, validationData: (test.Images, test.Labels),
    callbacks:
    [
        new EarlyStopping(monitor: "val_loss", patience: 2, restoreBestWeights: true),
        new ModelCheckpoint("best.safetensors", monitor: "val_accuracy", saveBestOnly: true, saveWeightsOnly: true),
        new CSVLogger("log.csv"),
    ]);
Console.WriteLine($"best: {history["val_accuracy"].Max():F4}");

Tensor probabilities = model.Predict(test.Images[..5]).Softmax();
Console.WriteLine(probabilities);
float[] first = probabilities[0].ToArray<float>();

model.SaveWeights("digits.safetensors");
model.LoadWeights("digits.safetensors");
