using GpuKeras.Losses;
using GpuKeras.Optimizers;

namespace GpuKeras.Perf.Workloads;

/// <summary>A model of the comparison: its network, its batch and how it is trained.</summary>
/// <param name="Name">The name it has in results and in the peers' scripts.</param>
/// <param name="Input">The shape of a batch; channels last.</param>
/// <param name="ForwardFlops">Multiplications and additions of a batch's products and convolutions.</param>
/// <param name="Create">Makes the network.</param>
/// <param name="CreateOptimizer">Makes the optimizer.</param>
internal sealed record BenchmarkModel(string Name, int[] Input, double ForwardFlops, Func<Model> Create, Func<Optimizer> CreateOptimizer)
{
    private const int Classes = 10;

    /// <summary>A compiled model with a batch of random inputs and labels, always the same.</summary>
    public (Model Model, Tensor X, Tensor Y) Build()
    {
        Keras.SetRandomSeed(1);
        var random = new RandomGenerator(seed: 1);
        var (x, y) = (random.Normal(new Shape(Input)), random.Integers([Input[0]], 0, Classes));
        var model = Create();
        model.Compile(optimizer: CreateOptimizer(), loss: new SparseCategoricalCrossentropy(fromLogits: true));
        model.EnsureBuilt(x.Shape);
        return (model, x, y);
    }

    /// <summary>How many parameters training changes.</summary>
    public static long TrainableParameters(Model model) => model.TrainableVariables.Sum(static variable => variable.Value.Size);
}
