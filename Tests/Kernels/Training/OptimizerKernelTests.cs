using System.Text.Json;
using GpuKeras.Kernels.Training;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Kernels.Training;

/// <summary>Ten steps of each optimizer kernel against Keras' own weights and slot variables.</summary>
public sealed class OptimizerKernelTests
{
    private const int Steps = 10;

    private static readonly string[] Cases =
    [
        "sgd", "sgd_momentum", "sgd_nesterov", "sgd_wd", "adam", "adam_lr01", "adam_amsgrad", "adam_bigeps", "adamw", "adamw_wd", "rmsprop",
        "rmsprop_mom_centered", "adagrad", "adadelta", "adamax", "nadam", "lion", "lion_wd", "ftrl", "ftrl_reg",
    ];

    [TestCaseSource(nameof(Cases))]
    public void TenSteps_KerasTable_SameWeightsAndSlots(string name)
    {
        var arrays = GoldenFiles.Npz("tables/optimizers.npz");
        var entry = GoldenFiles.Json("tables/optimizers.json").EnumerateArray().Single(c => c.GetProperty("case").GetString() == name);
        foreach (var variable in new[] { "w", "b" })
        {
            var optimizer = new KernelOptimizer(entry);
            var gradients = arrays[variable == "w" ? "G1" : "G2"].ToArray<float>();
            var expected = arrays[$"{name}/{variable}"].ToArray<float>();
            var initial = arrays[variable + "0"].ToArray<float>();
            using var weights = new HostArray<float>(initial);
            using var gradient = new HostArray<float>(initial.Length);
            for (var step = 0; step < Steps; step++)
            {
                gradients.AsSpan(step * initial.Length, initial.Length).CopyTo(gradient.View.Span);
                optimizer.Step(weights, gradient, step + 1);
                for (var i = 0; i < initial.Length; i++)
                {
                    var want = expected[step * initial.Length + i];
                    Assert.That(weights[i], Is.EqualTo(want).Within(1e-5 + 1e-4 * Math.Abs(want)), $"step {step + 1}, {variable}[{i}]");
                }
            }
            CheckSlots(arrays, entry, name, variable, optimizer);
            optimizer.Dispose();
        }
    }

    // 1, around a register, and enough for several threads; float32 against float64.
    [TestCase(1), TestCase(15), TestCase(17), TestCase(100_003)]
    [NonParallelizable]
    public void Adam_AnyLength_MatchesFloat64AndThreads(int length)
    {
        var (w, g) = (Samples.Floats(length), Samples.Floats(length, seed: 2));
        var results = Threads.Results(() => Adam(w, g));
        Assert.That(results, Is.All.EqualTo(results[0]));
        var wide = Adam(Array.ConvertAll(w, static v => (double)v), Array.ConvertAll(g, static v => (double)v));
        Assert.That(results[0], Is.EqualTo(Array.ConvertAll(wide, static v => (float)v)).Within(1e-6f));
    }

    [Test]
    public void Lion_ZeroAndNaNDirection_HasSignZeroAndNaN()
    {
        using var w = new HostArray<float>([1, 1, 1]);
        using var g = new HostArray<float>([0, float.NaN, -3]);
        using var m = new HostArray<float>([0, 0, 0]);
        new LionKernel<float>(w, g, m, 0.5, 0.9, 0.99, 0).RunHost();
        Assert.That(w.Values, Is.EqualTo(new[] { 1f, float.NaN, 1.5f }));
    }

    [Test]
    public void Ftrl_OtherPower_MatchesFormula()
    {
        using var w = new HostArray<double>([0.7]);
        using var g = new HostArray<double>([0.3]);
        using var n = new HostArray<double>([0.1]);
        using var z = new HostArray<double>([0.2]);
        new FtrlKernel<double>(w, g, n, z, 0.1, -0.7, 0.01, 0.02, 0, 0).RunHost();
        var accumulated = 0.1 + 0.09;
        var linear = 0.2 + 0.3 - (Math.Pow(accumulated, 0.7) - Math.Pow(0.1, 0.7)) / 0.1 * 0.7;
        var expected = (Math.Clamp(linear, -0.01, 0.01) - linear) / (Math.Pow(accumulated, 0.7) / 0.1 + 0.04);
        Assert.That(w[0], Is.EqualTo(expected).Within(1e-14));
        Assert.That((n[0], z[0]), Is.EqualTo((accumulated, linear)));
    }

    private static T[] Adam<T>(T[] w, T[] g)
        where T : unmanaged
    {
        using var weights = new HostArray<T>(w);
        using var gradient = new HostArray<T>(g);
        using var momentum = new HostArray<T>(new T[w.Length]);
        using var velocity = new HostArray<T>(new T[w.Length]);
        for (var step = 0; step < 3; step++)
            new AdamKernel<T>(weights, gradient, momentum, velocity, default, 0.01, 0.9, 0.999, 1e-3, 0.001).RunHost();
        return weights.Values;
    }

    private static void CheckSlots(
        IReadOnlyDictionary<string, Tensor> arrays, JsonElement entry, string name, string variable, KernelOptimizer optimizer)
    {
        var variables = entry.GetProperty("variables");
        var found = 0;
        for (var i = 0; i < variables.GetArrayLength(); i++)
        {
            var slot = variables[i][0].GetString()!;
            if (!slot.StartsWith(variable + "_", StringComparison.Ordinal))
                continue;
            var expected = arrays[$"{name}/var{i}"].ToArray<float>();
            var values = optimizer.Slot(slot[2..]);
            for (var k = 0; k < expected.Length; k++)
                Assert.That(values[k], Is.EqualTo(expected[k]).Within(1e-5 + 1e-4 * Math.Abs(expected[k])), $"{slot}[{k}]");
            found++;
        }
        Assert.That(found, Is.EqualTo(optimizer.SlotCount));
    }
}
