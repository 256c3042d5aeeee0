using GpuKeras.Kernels.Recurrent;
using GpuKeras.Tests.Support;

namespace GpuKeras.Tests.Operations;

/// <summary>Recurrent walks for the tests of <see cref="RecurrentOp{TCell}"/>: as the operation, in tensor operations, and in numbers.</summary>
/// <remarks>Inputs: the input's part <c>[steps, batch, gates · units]</c>, the recurrent kernel, the states, and perhaps a bias.</remarks>
internal static class RecurrentWalks
{
    /// <summary>The cells, by the names of their operations.</summary>
    public static readonly string[] Cells = ["simple_rnn", "lstm", "gru"];

    public static int Gates(string cell) => cell switch { "lstm" => 4, "gru" => 3, _ => 1 };

    public static int States(string cell) => cell == "lstm" ? 2 : 1;

    /// <summary>The shapes of the inputs.</summary>
    public static Shape[] Shapes(string cell, int steps, int batch, int units, bool bias) =>
    [
        [steps, batch, Gates(cell) * units], [units, Gates(cell) * units],
        .. Enumerable.Repeat(new Shape(batch, units), States(cell)),
        .. bias ? (Shape[])[[Gates(cell) * units]] : [],
    ];

    /// <summary>A mask with whole steps missing at the start, in the middle and at the end.</summary>
    public static bool IsReal(int sample, int position) => (3 * sample + 2 * position) % 5 > 1;

    public static Tensor Mask(int batch, int steps) => Tensor.From(
        [.. Enumerable.Range(0, batch * steps).Select(i => IsReal(i / steps, i % steps))], [batch, steps]);

    /// <summary>The operation.</summary>
    /// <param name="cell">The cell's name.</param>
    /// <param name="options">The options, without a mask.</param>
    /// <param name="masked">Whether to mask the steps for which <see cref="IsReal"/> is false.</param>
    /// <param name="x">The inputs.</param>
    public static Tensor Run(string cell, RecurrentOptions options, bool masked, Tensor[] x)
    {
        if (masked)
            options = options with { Mask = Mask(x[0].Shape[1], x[0].Shape[0]) };
        Tensor Walk(Tensor[] inputs) => InOperations(cell, options, inputs);
        TensorOp operation = cell switch
        {
            "lstm" => new RecurrentOp<LstmCell>(options, Walk),
            "gru" => new RecurrentOp<GruCell>(options, Walk),
            _ => new RecurrentOp<SimpleRnnCell>(options, Walk),
        };
        return operation.Apply(x);
    }

    /// <summary>The same in numbers, sample by sample.</summary>
    public static NdArray InNumbers(string cell, RecurrentOptions options, bool masked, NdArray[] x)
    {
        var (steps, batch, units) = (x[0].Shape[0], x[0].Shape[1], x[1].Shape[0]);
        var (columns, states) = (x[1].Shape[1], States(cell));
        var bias = x.Length > 2 + states ? x[^1].Values : new double[columns];
        var result = new List<double>();
        for (var b = 0; b < batch; b++)
        {
            var (h, c) = (x[2].Values[(b * units)..((b + 1) * units)], states == 2 ? x[3].Values[(b * units)..((b + 1) * units)] : []);
            var output = masked && steps > 0 ? new double[units] : h;
            for (var step = 0; step < steps; step++)
            {
                var position = options.GoBackwards ? steps - 1 - step : step;
                if (!masked || IsReal(b, position))
                {
                    var product = Enumerable.Range(0, columns).Select(j => bias[j] + h.Select((value, k) => value * x[1].Values[k * columns + j]).Sum());
                    var first = (position * batch + b) * columns;
                    (h, c) = Step(cell, x[0].Values[first..(first + columns)], [.. product], h, c);
                    output = h;
                }
                else if (options.ZeroMasked)
                {
                    output = new double[units];
                }
                if (options.ReturnSequences)
                    result.AddRange(output);
            }
            if (!options.ReturnSequences)
                result.AddRange(output);
            if (options.ReturnStates)
                result.AddRange([.. h, .. c]);
        }
        var rows = (options.ReturnSequences ? steps : 1) + (options.ReturnStates ? states : 0);
        return new([.. result], [batch, rows, units]);
    }

    private static (double[] Hidden, double[] Cell) Step(string cell, double[] input, double[] product, double[] h, double[] c)
    {
        var units = h.Length;
        double Sum(int gate, int unit) => input[gate * units + unit] + product[gate * units + unit];
        switch (cell)
        {
            case "lstm":
                var after = c.Select((value, u) => Sigmoid(Sum(1, u)) * value + Sigmoid(Sum(0, u)) * Math.Tanh(Sum(2, u))).ToArray();
                return ([.. after.Select((value, u) => Sigmoid(Sum(3, u)) * Math.Tanh(value))], after);
            case "gru":
                return ([.. h.Select((value, u) =>
                {
                    var candidate = Math.Tanh(input[2 * units + u] + Sigmoid(Sum(1, u)) * product[2 * units + u]);
                    return Sigmoid(Sum(0, u)) * value + (1 - Sigmoid(Sum(0, u))) * candidate;
                })], c);
            default:
                return ([.. h.Select((_, u) => Math.Tanh(Sum(0, u)))], c);
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Tensor InOperations(string cell, RecurrentOptions options, Tensor[] x)
    {
        var (steps, units, states) = (x[0].Shape[0], x[1].Shape[0], x[2..(2 + States(cell))]);
        var output = options.Mask is null || steps == 0 ? states[0] : states[0] * 0;
        var rows = new List<Tensor>();
        for (var step = 0; step < steps; step++)
        {
            var position = options.GoBackwards ? steps - 1 - step : step;
            var product = states[0].MatMul(x[1]);
            if (x.Length > 2 + states.Length)
                product += x[^1];
            var after = Step(cell, x[0][position], product, states, units);
            if (options.Mask is { } mask)
            {
                var real = mask.Slice(1, position..(position + 1));
                output = Tensor.Where(real, after[0], options.ZeroMasked ? output * 0 : output);
                states = [.. after.Select((state, i) => Tensor.Where(real, state, states[i]))];
            }
            else
            {
                (output, states) = (after[0], after);
            }
            rows.Add(output);
        }
        if (!options.ReturnSequences)
            rows = [output];
        return Tensor.Stack([.. rows, .. options.ReturnStates ? states : []], axis: 1);
    }

    private static Tensor[] Step(string cell, Tensor input, Tensor product, Tensor[] states, int units)
    {
        Tensor Part(Tensor of, int gate) => of.Slice(-1, (gate * units)..((gate + 1) * units));
        Tensor Sum(int gate) => Part(input, gate) + Part(product, gate);
        switch (cell)
        {
            case "lstm":
                var after = Sum(1).Sigmoid() * states[1] + Sum(0).Sigmoid() * Sum(2).Tanh();
                return [Sum(3).Sigmoid() * after.Tanh(), after];
            case "gru":
                var (update, candidate) = (Sum(0).Sigmoid(), (Part(input, 2) + Sum(1).Sigmoid() * Part(product, 2)).Tanh());
                return [update * states[0] + (1 - update) * candidate];
            default:
                return [Sum(0).Tanh()];
        }
    }
}
