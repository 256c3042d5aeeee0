using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

/// <summary>An operation under test: how to call it, what it must give in float64, and the inputs to try.</summary>
/// <param name="Method">The method of <see cref="Tensor"/> that it covers; operators by their metadata name, such as
/// <c>op_Addition</c>.</param>
/// <param name="Run">Calls the operation.</param>
/// <param name="Reference">The result, from a formula that shares no code with the engine.</param>
/// <param name="Shapes">The inputs' shapes, for each set of inputs to try; gradients are checked on the first set.</param>
public sealed record OpCase(string Method, Func<Tensor[], Tensor> Run, Func<NdArray[], NdArray> Reference, params Shape[][] Shapes)
{
    /// <summary>What distinguishes this case from others of the same method.</summary>
    public string Variant { get; init; } = "";

    /// <summary>The least value of the random inputs.</summary>
    public double Low { get; init; } = -2;

    /// <summary>The greatest value of the random inputs.</summary>
    public double High { get; init; } = 2;

    /// <summary>
    /// Makes one input instead of random numbers between <see cref="Low"/> and <see cref="High"/>: from its number and shape.
    /// </summary>
    public Func<int, Shape, NdArray>? Input { get; init; }

    /// <summary>The dtypes of inputs that are not floating point, by number.</summary>
    public IReadOnlyDictionary<int, DType> DTypes { get; init; } = new Dictionary<int, DType>();

    /// <summary>How many roundings a result may have seen; for a reduction the number of its terms.</summary>
    public int Roundings { get; init; } = 8;

    /// <summary>Whether gradients are checked, first and second.</summary>
    public bool IsDifferentiable { get; init; } = true;

    /// <summary>Whether a NaN in an input must show in the output.</summary>
    public bool PropagatesNaN { get; init; } = true;

    /// <summary>Sets of input shapes that must be refused by an error that names each of them.</summary>
    public Shape[][] BadShapes { get; init; } = [];

    /// <summary>The test's display name.</summary>
    public override string ToString() => Variant.Length == 0 ? Method : $"{Method} {Variant}";

    /// <summary>The inputs of one set of shapes, reproducible.</summary>
    public NdArray[] MakeInputs(Shape[] shapes)
    {
        var inputs = new NdArray[shapes.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            var random = new Random(17 * i + (int)shapes[i].Size);
            inputs[i] = Input?.Invoke(i, shapes[i])
                ?? NdArray.Generate(
                    shapes[i], _ => Math.ScaleB(Math.Round(Math.ScaleB(Low + (High - Low) * random.NextDouble(), 16)), -16));
        }
        return inputs;
    }
}
