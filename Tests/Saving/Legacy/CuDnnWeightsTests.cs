using GpuKeras.Layers;
using GpuKeras.Saving;
using NUnit.Framework;

namespace GpuKeras.Tests.Saving.Legacy;

/// <summary>Weights of cuDNN's recurrent layers, which Keras 2 had as layers of their own.</summary>
public class CuDnnWeightsTests
{
    private const int Inputs = 3;
    private const int Units = 2;

    [TestCase(4)]
    [TestCase(3)]
    public void Kernels_AreThoseOfTheGates_ElementByElement(int gates)
    {
        Layer layer = gates == 4 ? new LSTM(Units) : new GRU(Units);
        layer.ApplyAll(Tensor.Zeros([1, 2, Inputs]));
        var kernel = Counted([Inputs, gates * Units]);
        var recurrent = Counted([Units, gates * Units]);
        var bias = Counted([2 * gates * Units]);
        var converted = CuDnnWeights.Convert(layer, [Stored("k", kernel), Stored("r", recurrent), Stored("b", bias)]).Select(static weight => weight.Read()).ToArray();

        Assert.That(converted.Select(static tensor => tensor.Shape), Is.EqualTo(layer.Weights.Select(static weight => weight.Shape)));
        var (k, r) = (Rows(kernel), Rows(recurrent));
        for (var gate = 0; gate < gates; gate++)
        {
            // cuDNN's matrix of a gate is [units, inputs], laid out row by row in the room of [inputs, units].
            var flat = Enumerable.Range(0, Inputs).SelectMany(i => Enumerable.Range(0, Units).Select(u => k[i][(gate * Units) + u])).ToArray();
            for (var unit = 0; unit < Units; unit++)
            {
                for (var input = 0; input < Inputs; input++)
                    Assert.That(Rows(converted[0])[input][(gate * Units) + unit], Is.EqualTo(flat[(unit * Inputs) + input]));
                for (var other = 0; other < Units; other++)
                    Assert.That(Rows(converted[1])[other][(gate * Units) + unit], Is.EqualTo(r[unit][(gate * Units) + other]));
            }
        }
        var b = bias.ToArray<float>();
        var expected = gates == 4 ? b.Take(b.Length / 2).Zip(b.Skip(b.Length / 2), static (x, y) => x + y) : b;
        Assert.That(converted[2].ToArray<float>(), Is.EqualTo(expected));
    }

    [Test]
    public void OrdinaryWeights_StayAsTheyAre()
    {
        var layer = new LSTM(Units);
        layer.ApplyAll(Tensor.Zeros([1, 2, Inputs]));
        StoredWeight[] weights = [Stored("k", Counted([Inputs, 8])), Stored("r", Counted([Units, 8])), Stored("b", Counted([8]))];
        Assert.That(CuDnnWeights.Convert(layer, weights), Is.SameAs(weights));
    }

    [Test]
    public void Bidirectional_ConvertsBothHalves()
    {
        var layer = new Bidirectional(new LSTM(Units));
        layer.ApplyAll(Tensor.Zeros([1, 2, Inputs]));
        StoredWeight[] half = [Stored("k", Counted([Inputs, 8])), Stored("r", Counted([Units, 8])), Stored("b", Counted([16]))];
        var converted = CuDnnWeights.Convert(layer, [.. half, .. half]);
        Assert.That(converted.Select(static weight => weight.Shape), Is.EqualTo(layer.Weights.Select(static weight => weight.Shape)));
    }

    private static StoredWeight Stored(string name, Tensor values) => new(name, values.Shape, ElementEncoding.Of(DType.Float32), () => values.Reshape(values.Shape));

    private static Tensor Counted(Shape shape) => Tensor.From(Enumerable.Range(0, (int)shape.Size).Select(static i => (float)i).ToArray(), shape);

    private static float[][] Rows(Tensor matrix) => [.. matrix.ToArray<float>().Chunk(matrix.Shape[1])];
}
