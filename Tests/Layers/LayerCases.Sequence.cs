using GpuKeras.Layers;

namespace GpuKeras.Tests.Layers;

public static partial class LayerCases
{
    private const string RecurrentKeys =
        "units activation use_bias kernel_initializer recurrent_initializer bias_initializer kernel_regularizer recurrent_regularizer " +
        "bias_regularizer " +
        "activity_regularizer kernel_constraint recurrent_constraint bias_constraint dropout recurrent_dropout seed " +
        "return_sequences return_state go_backwards stateful unroll zero_output_for_mask";

    private static LayerCase[] Sequence =>
    [
        new(static () => new Embedding(5, 3), [[2, 4]], [2, 4, 3])
        {
            ConfigKeys =
                "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer embeddings_constraint " +
                "mask_zero quantization_config",
            Weights = [Weight("embeddings", [5, 3])],
            Input = static (_, shape) => Tensor.From(new[] { 0, 4, 1, 3, 2, 0, 4, 4 }, shape),
        },
        new(static () => new SimpleRNN(3), [[2, 4, 2]], [2, 3])
        {
            ConfigKeys = RecurrentKeys,
            Weights = [Weight("kernel", [2, 3]), Weight("recurrent_kernel", [3, 3]), Weight("bias", [3])],
            BadInputs = [[[2, 4]], [[2, 4, 3]]],
        },
        new(static () => new LSTM(3, returnSequences: true), [[2, 4, 2]], [2, 4, 3])
        {
            ConfigKeys = RecurrentKeys + " recurrent_activation unit_forget_bias",
            Weights = [Weight("kernel", [2, 12]), Weight("recurrent_kernel", [3, 12]), Weight("bias", [12])],
            BadInputs = [[[2, 4]], [[2, 4, 3]]],
        },
        new(static () => new GRU(3, goBackwards: true), [[2, 4, 2]], [2, 3])
        {
            ConfigKeys = RecurrentKeys + " recurrent_activation reset_after",
            Weights = [Weight("kernel", [2, 9]), Weight("recurrent_kernel", [3, 9]), Weight("bias", [2, 9])],
            BadInputs = [[[2, 4]], [[2, 4, 3]]],
        },
        new(static () => new GRU(3, resetAfter: false, useBias: false), [[2, 4, 2]], [2, 3])
        {
            Variant = "reset before, without bias",
            ConfigKeys = RecurrentKeys + " recurrent_activation reset_after",
            Weights = [Weight("kernel", [2, 9]), Weight("recurrent_kernel", [3, 9])],
        },
        new(static () => new Bidirectional(new GRU(2, returnSequences: true, name: "gru")), [[2, 4, 3]], [2, 4, 4])
        {
            ConfigKeys = "layer merge_mode backward_layer",
            Weights =
            [
                Weight("kernel", [3, 6]), Weight("recurrent_kernel", [2, 6]), Weight("bias", [2, 6]),
                Weight("kernel", [3, 6]), Weight("recurrent_kernel", [2, 6]), Weight("bias", [2, 6]),
            ],
        },
        new(static () => new TimeDistributed(new Dense(3, activation: "tanh", name: "dense")), [[2, 4, 2]], [2, 4, 3])
        {
            ConfigKeys = "layer",
            Weights = [Weight("kernel", [2, 3]), Weight("bias", [3])],
        },
        new(static () => new MultiHeadAttention(2, 3, valueDim: 2), [[2, 3, 4], [2, 5, 3], [2, 5, 2]], [2, 3, 4])
        {
            ConfigKeys =
                "num_heads key_dim value_dim dropout use_bias use_gate sliding_window output_shape attention_axes kernel_initializer bias_initializer " +
                "kernel_regularizer " +
                "bias_regularizer activity_regularizer kernel_constraint bias_constraint seed",
            Weights =
            [
                Weight("kernel", [4, 2, 3]), Weight("bias", [2, 3]), Weight("kernel", [2, 2, 3]), Weight("bias", [2, 3]),
                Weight("kernel", [3, 2, 2]), Weight("bias", [2, 2]), Weight("kernel", [2, 2, 4]), Weight("bias", [4]),
            ],
            BadInputs = [[[2, 3, 4], [2, 5, 3], [2, 4, 2]]],
        },
    ];
}
