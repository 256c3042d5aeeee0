#:project ../../Api/GpuKeras.csproj
// The Functional API: several inputs and outputs, shared layers, a residual connection.
using GpuKeras;
using GpuKeras.Layers;
using GpuKeras.Losses;

var title = Keras.Input(shape: [20], dtype: DType.Int32, name: "title");
var body = Keras.Input(shape: [100], dtype: DType.Int32, name: "body");
var tags = Keras.Input(shape: [12], name: "tags");

var embed = new Embedding(inputDim: 1000, outputDim: 32);            // shared by both texts
var titleFeatures = new GlobalAveragePooling1D().Apply(embed.Apply(title));
var bodyFeatures = new LSTM(32).Apply(embed.Apply(body));

var x = new Concatenate().Apply([titleFeatures, bodyFeatures, tags]);
var h = new Dense(64, activation: "relu").Apply(x);
x = new Add().Apply([new Dense(64).Apply(h), h]);
x = x * 0.5 + 1;                                                   // tensor operators work on symbolic tensors too

var model = new Model(
    inputs: [title, body, tags],
    outputs: new()
    {
        ["priority"] = new Dense(1, activation: "sigmoid", name: "priority").Apply(x),
        ["department"] = new Dense(4, name: "department").Apply(x),
    });
model.Summary();

model.Compile(
    optimizer: "rmsprop",
    loss: new() { ["priority"] = "binary_crossentropy", ["department"] = new CategoricalCrossentropy(fromLogits: true) },
    lossWeights: new() { ["priority"] = 1, ["department"] = 0.2 });

var random = new RandomGenerator(seed: 1);
var inputs = new TensorStructure
{
    ["title"] = random.Integers([256, 20], 0, 1000),
    ["body"] = random.Integers([256, 100], 0, 1000),
    ["tags"] = random.Uniform([256, 12]),
};
model.Fit(inputs,
    new() { ["priority"] = random.Integers([256, 1], 0, 2), ["department"] = random.Integers([256], 0, 4).OneHot(4) },
    epochs: 2, batchSize: 32);

TensorStructure outputs = model.Predict(inputs);
Console.WriteLine(outputs["department"].Shape);                      // [256, 4]
