using GpuKeras.Tests.Kernels;
using GpuKeras.Tests.Support;
using NUnit.Framework;

namespace GpuKeras.Tests.Operations;

/// <summary>Gradients of whole walks in float32, whose registers and tiles the small cases of <see cref="OpCases"/> do not fill.</summary>
public sealed class RecurrentOpTests
{
    // Steps, batch, units: around the tiles of 14 x 32 and 6 x 16, the blocks of 56 samples and the panels of 256 rows.
    private static readonly int[][] Sizes =
        [[1, 1, 1], [2, 5, 7], [3, 6, 16], [2, 7, 17], [2, 14, 32], [3, 15, 33], [2, 57, 8], [2, 28, 64], [2, 29, 65], [0, 3, 4], [2, 0, 3]];

    private static IEnumerable<TestCaseData> Cases() =>
        from cell in RecurrentWalks.Cells
        from masked in new[] { false, true }
        from backwards in new[] { false, true }
        select new TestCaseData(cell, masked, backwards);

    [TestCaseSource(nameof(Cases))]
    public void Gradient_Float32AtTileEdges_IsThatOfFloat64(string cell, bool masked, bool backwards)
    {
        foreach (var size in Sizes)
        {
            var shapes = RecurrentWalks.Shapes(cell, size[0], size[1], size[2], bias: true);
            var single = Gradients<float>(cell, masked, backwards, shapes, DType.Float32);
            var wide = Gradients<double>(cell, masked, backwards, shapes, DType.Float64);
            // The longest sum: the recurrent kernel's gradient over samples and steps, of products that are sums over the gates.
            var tolerance = 4 * Tolerance.For<float>(size[0] * size[1] + 4 * size[2]);
            for (var i = 0; i < shapes.Length; i++)
            {
                var scale = wide[i].Select(Math.Abs).DefaultIfEmpty().Max();
                for (var j = 0; j < wide[i].Length; j++)
                    Assert.That(
                        single[i][j], Is.EqualTo(wide[i][j]).Within(tolerance * Math.Max(1, scale)),
                        $"steps, batch, units {string.Join(", ", size)}: input {i}, element {j}");
            }
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void Walk_AnyNumberOfThreads_SameBits(string cell, bool masked, bool backwards)
    {
        var shapes = RecurrentWalks.Shapes(cell, steps: 12, batch: 67, units: 40, bias: true);
        var results = Threads.Results(() => Gradients<float>(cell, masked, backwards, shapes, DType.Float32).SelectMany(static x => x).ToArray());
        Assert.That(results, Is.All.EqualTo(results[0]));
    }

    [TestCaseSource(nameof(Cases))]
    public void Forward_WithAndWithoutTape_SameBits(string cell, bool masked, bool backwards)
    {
        // Without a tape the states of two steps share memory in turn.
        foreach (var steps in new[] { 0, 1, 2, 3, 6 })
        {
            var inputs = Inputs(RecurrentWalks.Shapes(cell, steps, batch: 5, units: 19, bias: true), DType.Float32);
            var options = new RecurrentOptions { GoBackwards = backwards, ReturnSequences = true, ReturnStates = true };
            using var tape = new GradientTape();
            var plain = RecurrentWalks.Run(cell, options, masked, inputs);
            tape.Watch(inputs[0]);
            TensorAssert.AreIdentical(RecurrentWalks.Run(cell, options, masked, inputs), plain);
        }
    }

    [Test]
    public void Mask_OfAnotherShape_IsRefused()
    {
        var inputs = Inputs(RecurrentWalks.Shapes("gru", 3, 2, 4, bias: true), DType.Float32);
        var options = new RecurrentOptions { Mask = RecurrentWalks.Mask(3, 2) };
        Assert.That(
            () => RecurrentWalks.Run("gru", options, masked: false, inputs),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("mask [3, 2]"));
    }

    [Test]
    public void Bias_OfAnotherSize_IsRefused()
    {
        var inputs = Inputs(RecurrentWalks.Shapes("gru", 3, 2, 4, bias: true), DType.Float32);
        inputs[^1] = Tensor.Zeros([11]);
        Assert.That(
            () => RecurrentWalks.Run("gru", new RecurrentOptions(), masked: false, inputs),
            Throws.InstanceOf<ShapeException>().With.Message.Contains("bias [11]"));
    }

    /// <summary>The output and the gradients of all inputs, for a random weight of each output.</summary>
    private static T[][] Gradients<T>(string cell, bool masked, bool backwards, Shape[] shapes, DType dtype)
        where T : unmanaged
    {
        var inputs = Inputs(shapes, dtype);
        var options = new RecurrentOptions { GoBackwards = backwards, ReturnSequences = true, ReturnStates = true };
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        var output = RecurrentWalks.Run(cell, options, masked, inputs);
        var weights = Tensor.FromDoubles(Samples.Doubles((int)output.Size, seed: 99), output.Shape, dtype);
        return [.. tape.Gradient(output, inputs, weights).Select(static gradient => gradient!.ToArray<T>()), output.ToArray<T>()];
    }

    private static Tensor[] Inputs(Shape[] shapes, DType dtype) =>
        [.. shapes.Select((shape, i) => Tensor.FromDoubles(Samples.Doubles((int)shape.Size, seed: i), shape, dtype) * 0.3)];
}
