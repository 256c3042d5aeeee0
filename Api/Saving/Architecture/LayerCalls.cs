using System.Text.Json.Nodes;
using GpuKeras.Layers;

namespace GpuKeras.Saving;

/// <summary>Calls of layers as Keras' files have them: positional and named arguments, where a layer here takes a structure of inputs.</summary>
internal static class LayerCalls
{
    private static readonly string[] AttentionTensors = ["query", "value", "key", "attention_mask"];

    private static readonly string[] FirstArgument = ["inputs", "sequences", "sequence", "x"];

    /// <summary>Calls a layer on symbolic tensors.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="call">The arguments as in the file.</param>
    /// <param name="place">Where the call is, for errors.</param>
    /// <returns>The outputs, flat.</returns>
    public static IReadOnlyList<Tensor> Apply(Layer layer, CallArguments call, ConfigReader place)
    {
        var named = call.Named.Where(static entry => entry.Value is not null).ToDictionary(StringComparer.Ordinal);
        object? Take(string name) => named.Remove(name, out var value) ? value : null;

        // Keras' model overrides what a call says of training; false is what it writes for a layer's own default.
        var training = Take("training") is JsonValue flag && flag.TryGetValue(out bool value) && value ? true : (bool?)null;
        object? arguments = null;
        TensorStructure inputs;
        IReadOnlyList<Tensor?>? masks = null;
        if (layer is MultiHeadAttention)
        {
            (inputs, masks) = AttentionInputs(call.Positional, Take, place);
            arguments = new AttentionArguments(IsTrue(Take("use_causal_mask")), IsTrue(Take("return_attention_scores")));
        }
        else
        {
            var first = call.Positional.Count > 0
                ? call.Positional[0]
                : FirstArgument.Select(Take).FirstOrDefault(static given => given is not null);
            inputs = ToStructure(first, place);
            if (layer is RecurrentLayer or Bidirectional && (call.Positional.ElementAtOrDefault(1) ?? Take("initial_state")) is { } state)
                inputs = TensorStructure.FromList([.. inputs, .. CallArguments.TensorsIn(state)]);
            else if (call.Positional.Count > 1)
                throw place.Error($"a {layer.GetType().Name} takes its inputs as one argument; got {call.Positional.Count}");
            masks = ToMasks(Take("mask"), inputs, place);
        }
        if (named.Keys.FirstOrDefault() is { } unknown)
            throw place.Error($"a {layer.GetType().Name} takes no argument '{unknown}'");
        var outputs = layer.ApplyWith(inputs, training, masks, arguments);
        if (outputs.Tensors.FirstOrDefault()?.Producer is LayerNode node)
            node.Recorded = call;
        return outputs.Tensors;
    }

    /// <summary>The arguments of a call as Keras writes them.</summary>
    /// <exception cref="NotSupportedException">Keras' layer cannot be called so.</exception>
    public static CallArguments Describe(LayerNode node)
    {
        if (node.Recorded is { } recorded)
            return recorded;
        var layer = node.Layer;
        var named = new Dictionary<string, object?>();
        List<object?> positional;
        var inputs = node.InputStructure;
        if (layer is MultiHeadAttention)
        {
            positional = [inputs[0], inputs[1]];
            for (var i = 2; i < inputs.Count; i++)
                named[AttentionTensors[i]] = inputs[i];
            for (var i = 0; i < (node.Masks?.Count ?? 0) && i < 3; i++)
                if (node.Masks![i] is { } mask)
                    named[AttentionTensors[i] + "_mask"] = mask;
            if (node.Arguments is AttentionArguments { UseCausalMask: true })
                named["use_causal_mask"] = JsonValue.Create(true);
            if (node.Arguments is AttentionArguments { ReturnAttentionScores: true })
                named["return_attention_scores"] = JsonValue.Create(true);
        }
        else
        {
            var mask = node.Masks is [{ } given, ..] ? given : null;
            if (layer is RecurrentLayer or Bidirectional)
            {
                positional = [inputs[0]];
                if (inputs.Count > 1)
                    named["initial_state"] = inputs.Skip(1).Cast<object?>().ToList();
                if (inputs.Count == 1 || mask is not null)
                    named["mask"] = mask;
            }
            else
            {
                positional = [FromStructure(inputs)];
                if (inputs.IsSingle && TakesMask(layer))
                    named["mask"] = mask;
                else if (mask is not null)
                    throw new NotSupportedException(
                        $"layer '{layer.Name}': Keras' {layer.GetType().Name} takes no mask in a call. Hint: leave it out, layers pass masks on.");
            }
        }
        if (node.Training is { } training)
            named["training"] = JsonValue.Create(training);
        return new(positional, named);
    }

    // The layers whose call has a mask in Keras, which then writes it even where there is none.
    private static bool TakesMask(Layer layer) =>
        layer is BatchNormalization or Softmax or TimeDistributed or GlobalAveragePooling1D or Sequential or Model { Graph: not null };

    private static (TensorStructure Inputs, IReadOnlyList<Tensor?>? Masks) AttentionInputs(
        List<object?> positional, Func<string, object?> take, ConfigReader place)
    {
        var given = new Tensor?[AttentionTensors.Length];
        for (var i = 0; i < 3; i++)
            given[i] = (i < positional.Count ? positional[i] : take(AttentionTensors[i])) as Tensor;
        given[3] = take(AttentionTensors[3]) as Tensor;
        if (given[0] is not { } query || given[1] is not { } value || positional.Count > 3)
            throw place.Error("attention takes a query, a value and perhaps a key");
        var masks = AttentionTensors[..3].Select(name => take(name + "_mask") as Tensor).ToArray();
        TensorStructure inputs = given[3] is { } attentionMask
            ? [query, value, given[2] ?? value, attentionMask]
            : given[2] is { } key ? [query, value, key] : [query, value];
        return (inputs, masks.All(static mask => mask is null) ? null : masks);
    }

    private static IReadOnlyList<Tensor?>? ToMasks(object? mask, TensorStructure inputs, ConfigReader place) => mask switch
    {
        null => null,
        Tensor single => [single, .. Enumerable.Repeat<Tensor?>(null, inputs.Count - 1)],
        List<object?> list when list.All(static entry => entry is null) => null,
        List<object?> list when list.Count == inputs.Count => [.. list.Select(static entry => entry as Tensor)],
        _ => throw place.Error("'mask' must be a tensor, or a list with one for each input"),
    };

    private static TensorStructure ToStructure(object? value, ConfigReader place) => value switch
    {
        Tensor tensor => tensor,
        List<object?> list when list.All(static entry => entry is Tensor) => TensorStructure.FromList([.. list.Cast<Tensor>()]),
        Dictionary<string, object?> named when named.Values.All(static entry => entry is Tensor) =>
            TensorStructure.FromNames(named.Select(static entry => KeyValuePair.Create(entry.Key, (Tensor)entry.Value!))),
        _ => throw place.Error("the inputs must be a tensor, a list of tensors, or tensors by name"),
    };

    private static object FromStructure(TensorStructure inputs)
    {
        if (inputs.IsSingle)
            return inputs.Single;
        return inputs.Names is { } names
            ? names.Zip(inputs.Tensors).ToDictionary(static entry => entry.First, static entry => (object?)entry.Second)
            : inputs.Tensors.Cast<object?>().ToList();
    }

    private static bool IsTrue(object? value) => value is JsonValue flag && flag.TryGetValue(out bool isTrue) && isTrue;
}
