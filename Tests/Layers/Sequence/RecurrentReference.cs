using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers.Sequence;

/// <summary>Recurrent layers written out as loops over numbers, sample by sample, from their definitions.</summary>
internal static class RecurrentReference
{
    /// <summary>
    /// The outputs of all steps <c>[batch, steps, units]</c> in the order they are computed, and the last states
    /// <c>[batch, units]</c> each.
    /// </summary>
    /// <param name="layer">The layer, whose weights and options are used.</param>
    /// <param name="x">The input <c>[batch, steps, inputDim]</c>.</param>
    /// <param name="mask">Which steps are real, <c>[batch][step]</c>; null for all.</param>
    /// <param name="initial">The first states; null for zeros.</param>
    public static (double[] Outputs, double[][] States) Run(RecurrentLayer layer, Tensor x, bool[][]? mask = null, Tensor[]? initial = null)
    {
        var (batch, steps, inputDim, units) = (x.Shape[0], x.Shape[1], x.Shape[2], layer.Units);
        var weights = layer.Weights.Select(static weight => weight.ToArray<double>()).ToArray();
        var values = x.ToArray<double>();
        var stateCount = layer is LSTM ? 2 : 1;
        var outputs = new double[batch * steps * units];
        var last = Enumerable.Range(0, stateCount).Select(_ => new double[batch * units]).ToArray();
        for (var b = 0; b < batch; b++)
        {
            var states = Enumerable.Range(0, stateCount).Select(
                s => initial is null ? new double[units] : initial[s].ToArray<double>()[(b * units)..((b + 1) * units)]).ToArray();
            var output = new double[units];
            for (var i = 0; i < steps; i++)
            {
                var t = layer.GoBackwards ? steps - 1 - i : i;
                if (mask is null || mask[b][t])
                {
                    states = Step(layer, values[((b * steps + t) * inputDim)..((b * steps + t + 1) * inputDim)], states, weights);
                    output = states[0];
                }
                else if (layer.ZeroOutputForMask)
                {
                    output = new double[units];
                }
                output.CopyTo(outputs, (b * steps + i) * units);
            }
            for (var s = 0; s < stateCount; s++)
                states[s].CopyTo(last[s], b * units);
        }
        return (outputs, last);
    }

    private static double[][] Step(RecurrentLayer layer, double[] x, double[][] states, double[][] weights)
    {
        var units = layer.Units;
        var width = weights[0].Length / x.Length;
        var h = states[0];
        var bias = weights.Length > 2 ? weights[2] : new double[2 * width];

        // The sum of a column of the kernel, of the recurrent kernel, and of their biases.
        double In(int column) => bias[column] + x.Select((value, i) => value * weights[0][i * width + column]).Sum();
        double Back(int column, double[] state) => state.Select((value, i) => value * weights[1][i * width + column]).Sum();

        switch (layer)
        {
            case LSTM:
                {
                    var (newH, newC) = (new double[units], new double[units]);
                    for (var u = 0; u < units; u++)
                    {
                        var gate = new double[4];
                        for (var g = 0; g < 4; g++)
                            gate[g] = In(g * units + u) + Back(g * units + u, h);
                        newC[u] = Sigmoid(gate[1]) * states[1][u] + Sigmoid(gate[0]) * Math.Tanh(gate[2]);
                        newH[u] = Sigmoid(gate[3]) * Math.Tanh(newC[u]);
                    }
                    return [newH, newC];
                }
            case GRU gru:
                {
                    var newH = new double[units];
                    var backBias = gru.ResetAfter && weights.Length > 2 ? bias[width..] : new double[width];
                    var reset = Enumerable.Range(0, units).Select(
                        u => Sigmoid(In(units + u) + Back(units + u, h) + backBias[units + u])).ToArray();
                    var resetState = h.Select((value, u) => value * reset[u]).ToArray();
                    for (var u = 0; u < units; u++)
                    {
                        var z = Sigmoid(In(u) + Back(u, h) + backBias[u]);
                        var back = gru.ResetAfter
                            ? reset[u] * (Back(2 * units + u, h) + backBias[2 * units + u])
                            : Back(2 * units + u, resetState);
                        newH[u] = z * h[u] + (1 - z) * Math.Tanh(In(2 * units + u) + back);
                    }
                    return [newH];
                }
            default:
                return [.. new[] { Enumerable.Range(0, units).Select(u => Math.Tanh(In(u) + Back(u, h))).ToArray() }];
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
