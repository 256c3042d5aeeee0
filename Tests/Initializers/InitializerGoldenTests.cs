using System.Text.Json;
using System.Text.Json.Nodes;
using GpuKeras.Initializers;
using GpuKeras.Saving;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Initializers;

/// <summary>The distribution of every random initializer of the reference table; the values of those that are exact.</summary>
public sealed class InitializerGoldenTests
{
    private const int Seeds = 4;

    // Both samples are random: differences stay below five standard errors of a difference.
    private static readonly double Errors = 5 * Math.Sqrt(2);

    private static JsonElement Table => GoldenFiles.Json("tables/initializers.json");

    [Test]
    public void Create_KerasTable_SameDistribution()
    {
        var tested = 0;
        Assert.Multiple(() =>
        {
            foreach (var entry in Table.EnumerateArray())
            {
                CheckDistribution(entry);
                tested++;
            }
        });
        Assert.That(tested, Is.EqualTo(41));
    }

    [Test]
    public void Identity_KerasTable_IsExact()
    {
        var expected = GoldenFiles.Npz("tables/initializers.npz")["identity_5x3_gain2"];
        Assert.That(new Identity(gain: 2).Create([5, 3]).ToArray<float>(), Is.EqualTo(expected.ToArray<float>()));
    }

    [Test]
    public void Constant_KerasTable_IsExact()
    {
        var expected = GoldenFiles.Npz("tables/initializers.npz")["constant_2x2"].ToArray<float>();
        Assert.That(new Constant(expected[0]).Create([2, 2]).ToArray<float>(), Is.EqualTo(expected));
    }

    [TestCase("orthogonal_6x4_gram", new[] { 6, 4 }, 1.5)]
    [TestCase("orthogonal_3x4x5_gram", new[] { 3, 4, 5 }, 1)]
    public void Orthogonal_KerasTable_SameGramMatrix(string name, int[] sizes, double gain)
    {
        var expected = GoldenFiles.Npz("tables/initializers.npz")[name];
        var matrix = new Orthogonal(gain, seed: 3).Create(new Shape(sizes), DType.Float64).Reshape([Shape.Unknown, sizes[^1]]);
        var gram = matrix.MatMul(matrix, transposeA: true).ToArray<double>();
        Assert.That(gram, Is.EqualTo(expected.ToArray<double>()).Within(1e-6));
    }

    private static void CheckDistribution(JsonElement entry)
    {
        var shape = new Shape([.. entry.GetProperty("shape").EnumerateArray().Select(static size => size.GetInt32())]);
        var what = $"{entry.GetProperty("cls").GetString()} {entry.GetProperty("kwargs").GetRawText()} {shape}";
        var values = new List<float>();
        for (var seed = 0; seed < Seeds; seed++)
            values.AddRange(Make(entry, seed).Create(shape).ToArray<float>());
        values.Sort();
        var n = values.Count;
        Assert.That(n, Is.EqualTo(Number("n")), what);
        var mean = values.Average(static value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var error = Number("std") / Math.Sqrt(n) * Errors;
        Check("mean", mean, error);
        Check("std", deviation, error);
        // A quantile's standard error is √(p(1 − p)/n) over the density there, which is lowest for a normal distribution's tails.
        Check("p01", Quantile(0.01), error * 3.8);
        Check("p25", Quantile(0.25), error * 1.75);
        Check("p50", Quantile(0.5), error * 1.75);
        Check("p75", Quantile(0.75), error * 1.75);
        Check("p99", Quantile(0.99), error * 3.8);

        double Number(string key) => entry.GetProperty(key).GetDouble();
        double Quantile(double p) => values[(int)(p * (n - 1))];
        void Check(string key, double actual, double tolerance) => Assert.That(
            actual, Is.EqualTo(Number(key)).Within(tolerance), $"{what}: {key}");
    }

    private static Initializer Make(JsonElement entry, int seed)
    {
        var config = (JsonObject)JsonNode.Parse(entry.GetProperty("kwargs").GetRawText())!;
        config["seed"] = seed;
        return (Initializer)KerasConfig.Deserialize(new JsonObject
        {
            ["module"] = "keras.initializers",
            ["class_name"] = entry.GetProperty("cls").GetString(),
            ["config"] = config,
        });
    }
}
