using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>Weights of Keras 2's CuDNNLSTM and CuDNNGRU in the layout of LSTM and GRU, which have taken their place.</summary>
/// <remarks>
/// cuDNN wants the transposed kernels of the gates, each in the room of the other shape, and two biases. LSTM has their sum, GRU both. The
/// layouts are those of Keras 2.2's <c>preprocess_weights_for_loading</c>.
/// </remarks>
internal static class CuDnnWeights
{
    private const int LstmGates = 4;
    private const int GruGates = 3;

    /// <summary>The weights of a layer, converted if cuDNN's layer had them.</summary>
    public static IReadOnlyList<StoredWeight> Convert(Layer layer, IReadOnlyList<StoredWeight> weights) => (layer, weights) switch
    {
        (Bidirectional both, _) when weights.Count % 2 == 0 =>
            [.. Convert(both.Layer, [.. weights.Take(weights.Count / 2)]), .. Convert(both.BackwardLayer, [.. weights.Skip(weights.Count / 2)])],
        (LSTM lstm, [var kernel, var recurrent, { Shape: [var size] } bias]) when size == 2 * LstmGates * lstm.Units =>
            [Kernel(kernel, LstmGates), Recurrent(recurrent, LstmGates), Summed(bias)],
        (GRU { ResetAfter: true } gru, [var kernel, var recurrent, { Shape: [var size] } bias]) when size == 2 * GruGates * gru.Units =>
            [Kernel(kernel, GruGates), Recurrent(recurrent, GruGates), Changed(bias, [2, size / 2], static tensor => tensor)],
        _ => weights,
    };

    // Of each gate [inputs, units]: the room holds [units, inputs].
    private static StoredWeight Kernel(StoredWeight kernel, int gates) =>
        Changed(kernel, kernel.Shape, tensor => EachGate(tensor, gates, static gate => gate.Reshape([gate.Shape[1], gate.Shape[0]]).Transpose()));

    private static StoredWeight Recurrent(StoredWeight kernel, int gates) =>
        Changed(kernel, kernel.Shape, tensor => EachGate(tensor, gates, static gate => gate.Transpose()));

    private static Tensor EachGate(Tensor kernel, int gates, Func<Tensor, Tensor> change) =>
        Tensor.Concat([.. kernel.Split(gates, axis: -1).Select(change)], axis: -1);

    private static StoredWeight Summed(StoredWeight bias) =>
        Changed(bias, [bias.Shape[0] / 2], static tensor => tensor.Reshape([2, tensor.Shape[0] / 2]).Sum(axis: 0));

    private static StoredWeight Changed(StoredWeight weight, Shape shape, Func<Tensor, Tensor> change) => weight with
    {
        Shape = shape,
        Read = () =>
        {
            using var read = weight.Read();
            return change(read).Reshape(shape);
        },
    };
}
