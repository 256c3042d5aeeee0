#:project ../../Api/GpuKeras.csproj
// Files: a model is saved as Keras saves it, loaded again, and trained on.
using GpuKeras;
using GpuKeras.Datasets;
using GpuKeras.Layers;

var (train, test) = Mnist.Load();
var model = new Sequential([new InputLayer([28, 28]), new Rescaling(1.0 / 255), new Flatten(), new Dense(32, activation: "relu"), new Dense(10, activation: "softmax")]);
model.Compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.Fit(train.Images, train.Labels, batchSize: 128, epochs: 1, verbose: 2);
model.Save("mnist.keras");                               // architecture, weights, optimizer state: Python's Keras reads it too

var loaded = Model.Load("mnist.keras");
var images = test.Images[..5];
var (before, after) = (model.Predict(images, verbose: 0), loaded.Predict(images, verbose: 0));
Console.WriteLine($"equal: {before.ToArray<float>().SequenceEqual(after.ToArray<float>())}");
loaded.Fit(train.Images, train.Labels, batchSize: 128, epochs: 1, verbose: 2);
